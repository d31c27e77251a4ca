namespace BatchGateway.Runs.Internal;

/// <summary>What became of one line, and where its result stands.</summary>
internal readonly record struct LineOutcome
{
    /// <summary>The line's place in the input, from 0.</summary>
    public required long Line { get; init; }

    public required BatchOutcomeKind Kind { get; init; }

    /// <summary>Of the shard that it came with; set by the store.</summary>
    public int Attempt { get; init; }

    /// <summary>The shard that it came with; set by the store.</summary>
    public int Shard { get; init; }

    /// <summary>Which of the shard's result files it stands in.</summary>
    public int File { get; init; }

    public long Offset { get; init; }

    /// <summary>In bytes; 0 when nothing is written about the line, not even by this library.</summary>
    public int Length { get; init; }

    public int? StatusCode { get; init; }

    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    /// <summary>
    /// Whether it takes the place of the one that the line has: never of a success, always when it is one, else when it was tried later. Lines that
    /// expired may be tried again under the same attempt, and then the later shard is the later try.
    /// </summary>
    public bool Replaces(in LineOutcome held) =>
        held.Kind != BatchOutcomeKind.Succeeded
        && (Kind == BatchOutcomeKind.Succeeded || (Attempt, Shard).CompareTo((held.Attempt, held.Shard)) > 0);

    /// <summary>Whether it is a second success of its line.</summary>
    public bool Duplicates(in LineOutcome held) => Kind == BatchOutcomeKind.Succeeded && held.Kind == BatchOutcomeKind.Succeeded;
}
