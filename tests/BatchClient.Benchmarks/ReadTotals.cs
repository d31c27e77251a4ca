namespace BatchGateway.Benchmarks;

/// <summary>What a pass over a result file saw; both sides of a pair must have seen the same.</summary>
internal record struct ReadTotals
{
    public long Lines { get; private set; }

    public long Succeeded { get; private set; }

    /// <summary>The sum of all statuses.</summary>
    public long Statuses { get; private set; }

    /// <summary>The length of all custom ids.</summary>
    public long Ids { get; private set; }

    /// <summary>The sum of all total tokens.</summary>
    public long Tokens { get; private set; }

    /// <summary>The length of all answers' text.</summary>
    public long Text { get; private set; }

    public void AddLine(bool succeeded, int? status, int idLength)
    {
        Lines++;
        Succeeded += succeeded ? 1 : 0;
        Statuses += status ?? 0;
        Ids += idLength;
    }

    public void AddAnswer(long? tokens, string? text)
    {
        Tokens += tokens ?? 0;
        Text += text?.Length ?? 0;
    }

    /// <summary>What a pass sees that leaves the bodies alone.</summary>
    public readonly ReadTotals WithoutAnswers() => this with { Tokens = 0, Text = 0 };
}
