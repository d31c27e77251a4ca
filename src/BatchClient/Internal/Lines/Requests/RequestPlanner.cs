namespace BatchGateway.Internal.Lines;

/// <summary>Goes through lines as a split would, and keeps nothing of them but their numbers.</summary>
internal sealed class RequestPlanner : IDisposable
{
    private const int MostProblems = 1000;

    private readonly RequestLineRules _rules;
    private readonly RequestEncoder _encoder;
    private readonly RequestParts _parts;
    private readonly List<BatchInputException> _problems = [];
    private long _problemCount;

    private RequestPlanner(BatchLimits limits)
    {
        _rules = new RequestLineRules(limits, earlier: null);
        _encoder = new RequestEncoder(_rules);
        _parts = new RequestParts(limits, _rules, int.MaxValue);
    }

    public static async Task<BatchPlan> RunAsync(
        IAsyncEnumerable<BatchRequestLine> lines,
        BatchLimits limits,
        IReadOnlyDictionary<string, TokenPrice>? prices,
        CancellationToken cancellationToken)
    {
        using RequestPlanner planner = new(limits);
        await foreach (BatchRequestLine line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            planner.Note(() => planner.Add(line));
            planner._encoder.Buffer.ResetWrittenCount();
        }

        // With all lines refused there is no batch to balance, and enough has been said.
        if (planner._parts.All.Count > 0 || planner._problemCount == 0)
            planner.Note(() => planner._parts.Balance());
        return planner.ToPlan(prices);
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _rules.Dispose();
    }

    private void Add(BatchRequestLine line)
    {
        RequestLine written = _encoder.Append(line);
        _parts.Add(written, _encoder.Buffer.WrittenSpan[written.Start..]);
    }

    private void Note(Action step)
    {
        try
        {
            step();
        }
        catch (BatchInputException problem)
        {
            _problemCount++;
            if (_problems.Count < MostProblems)
                _problems.Add(problem);
        }
    }

    private BatchPlan ToPlan(IReadOnlyDictionary<string, TokenPrice>? prices)
    {
        TokenPrice? price = _rules.Model is { } model && prices?.TryGetValue(model, out TokenPrice? found) == true ? found : null;
        return new BatchPlan
        {
            Batches = [.. _parts.All.Select(part => ToBatch(part, price))],
            Problems = _problems,
            ProblemCount = _problemCount,
            Model = _rules.Model,
        };
    }

    private static PlannedBatch ToBatch(RequestPart part, TokenPrice? price) => new()
    {
        FirstLineNumber = part.FirstLineNumber,
        LineCount = part.LineCount,
        Bytes = part.Bytes,
        EstimatedTokens = part.EstimatedTokens,
        MaxOutputTokens = part.MaxOutputTokens,
        LinesWithoutTokenLimit = part.LinesWithoutTokenLimit,
        EstimatedCost = price?.Of(part.EstimatedTokens, part.MaxOutputTokens),
    };
}
