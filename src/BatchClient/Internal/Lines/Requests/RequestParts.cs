namespace BatchGateway.Internal.Lines;

/// <summary>
/// Lines in their order, dealt out to batches: each is filled up to the limits, and one that is then too small gets the last lines of the one
/// before it, as few as it can be.
/// </summary>
internal sealed class RequestParts
{
    private readonly BatchLimits _limits;
    private readonly RequestLineRules _rules;
    private readonly int _most;
    private readonly List<RequestPart> _all = [];

    /// <summary>Makes no parts yet.</summary>
    /// <param name="limits">What one batch may have.</param>
    /// <param name="rules">The rules that the lines were checked by.</param>
    /// <param name="most">How many batches there may be.</param>
    public RequestParts(BatchLimits limits, RequestLineRules rules, int most)
    {
        _limits = limits;
        _rules = rules;
        _most = most;
    }

    public IReadOnlyList<RequestPart> All => _all;

    /// <summary>Deals out a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="json">Its bytes.</param>
    /// <returns>Whether it is the first one of a batch.</returns>
    /// <exception cref="BatchInputException">It is too much for the last batch, or even for a batch of its own.</exception>
    public bool Add(in RequestLine line, ReadOnlySpan<byte> json)
    {
        if (_all is [.., var last] && last.TryAdd(line))
            return false;
        if (_all.Count == _most)
            throw TooMuch(_all[^1], line, json, "split the lines into several files (BatchRequestFile.SplitAsync)");

        RequestPart next = new(_limits, line.Number);
        if (!next.TryAdd(line))
            throw TooMuch(next, line, json, "shorten it");

        _all.Add(next);
        return true;
    }

    /// <summary>Makes sure that no batch is too small.</summary>
    /// <returns>
    /// What goes from the end of one batch to the beginning of the next one: to be done in this order, from the last batch to the first.
    /// </returns>
    /// <exception cref="BatchInputException">There are too few lines.</exception>
    public IReadOnlyList<(int To, long Bytes)> Balance()
    {
        if (_all.Count == 0)
            throw _rules.Broken(BatchErrorCode.EmptyFile, "There are no lines, so there is nothing to do.");

        List<(int, long)> moves = [];
        for (int part = _all.Count - 1; part >= 0; part--)
        {
            // Not only of the last one: a batch in the middle is small when the line behind it is large.
            long missing = _limits.MinLines - _all[part].LineCount;
            if (missing <= 0)
                continue;
            if (part == 0 || _all[part].TakeFrom(_all[part - 1], missing) is not { } bytes)
                throw TooFew(_all[part].LineCount);
            moves.Add((part, bytes));
        }

        return moves;
    }

    private BatchInputException TooMuch(RequestPart part, in RequestLine line, ReadOnlySpan<byte> json, string advice)
    {
        (BatchErrorCode rule, string problem) = part.Obstacle(line);
        return _rules.Broken(rule, line.Number, line.Facts.CustomId.TextIn(json), $"{problem}: {advice}");
    }

    private BatchInputException TooFew(long count) => _all.Count == 1
        ? _rules.Broken(
            BatchErrorCode.TooFewTasks,
            $"There are {count:N0} lines, and a batch needs {_limits.MinLines:N0}: add lines, or send them one by one without a batch.")
        : _rules.Broken(
            BatchErrorCode.TooFewTasks,
            $"The lines cannot be dealt out so that each batch has the {_limits.MinLines:N0} that it needs: "
                + "raise the other limits, or leave lines out.");
}
