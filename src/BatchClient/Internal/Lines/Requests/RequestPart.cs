namespace BatchGateway.Internal.Lines;

/// <summary>The lines of one batch, counted.</summary>
internal sealed class RequestPart
{
    private readonly BatchLimits _limits;

    /// <summary>The last lines, as many as another batch may be short of.</summary>
    private readonly Queue<(long Number, Size Size)> _last = [];

    private Size _total;

    public RequestPart(BatchLimits limits, long firstLineNumber)
    {
        _limits = limits;
        FirstLineNumber = firstLineNumber;
    }

    public long FirstLineNumber { get; private set; }

    public long LineCount => _total.Lines;

    public long Bytes => _total.Bytes;

    public long EstimatedTokens => _total.Tokens;

    public long MaxOutputTokens => _total.MaxOutputTokens;

    public long LinesWithoutTokenLimit => _total.Unlimited;

    /// <summary>Adds a line, unless it is too much.</summary>
    /// <returns>False when it is.</returns>
    public bool TryAdd(in RequestLine line)
    {
        Size size = new(
            1, line.Length, line.Facts.Inputs, line.EstimatedTokens, line.Facts.MaxOutputTokens, line.Facts.HasOpenCost ? 1 : 0);
        if (!HasRoomFor(size))
            return false;

        _total += size;
        if (_limits.MinLines > 0)
            Remember(line.Number, size);
        return true;
    }

    /// <summary>The limit that is in the way of another line, as a code word and a sentence.</summary>
    public (BatchErrorCode Rule, string Problem) Obstacle(in RequestLine line)
    {
        if (LineCount + 1 > _limits.MaxLines)
            return (BatchErrorCode.TooManyTasks, $"is one more than the {_limits.MaxLines:N0} lines that a batch may have");
        if (Bytes + line.Length > _limits.MaxBytes)
            return (BatchErrorCode.FileTooLarge, $"makes the file {Bytes + line.Length:N0} bytes long, and it may have {_limits.MaxBytes:N0}");
        return (
            BatchErrorCode.TooManyTasks,
            $"brings the texts to embed to {_total.Inputs + line.Facts.Inputs:N0}, and a batch may have {_limits.MaxEmbeddingInputs:N0}");
    }

    /// <summary>Moves the last lines of the batch before to the beginning of this one.</summary>
    /// <returns>How many bytes they have; null, and nothing moved, when that would be too much for this one or all of that one.</returns>
    public long? TakeFrom(RequestPart before, long count)
    {
        if (count > before._last.Count)
            return null;

        (long Number, Size Size)[] moved = [.. before._last.TakeLast((int)count)];
        Size size = moved.Aggregate(default(Size), (sum, line) => sum + line.Size);
        if (!HasRoomFor(size))
            return null;

        // Not one less for each line that is moved: those that were refused have numbers too.
        FirstLineNumber = moved[0].Number;
        _total += size;
        before._total -= size;
        return size.Bytes;
    }

    private bool HasRoomFor(in Size size) =>
        !(_total.Lines + size.Lines > _limits.MaxLines
            || _total.Bytes + size.Bytes > _limits.MaxBytes
            || _total.Inputs + size.Inputs > _limits.MaxEmbeddingInputs);

    private void Remember(long number, in Size size)
    {
        _last.Enqueue((number, size));
        if (_last.Count > _limits.MinLines)
            _last.Dequeue();
    }

    private readonly record struct Size(long Lines, long Bytes, long Inputs, long Tokens, long MaxOutputTokens, long Unlimited)
    {
        public static Size operator +(in Size left, in Size right) => new(
            left.Lines + right.Lines,
            left.Bytes + right.Bytes,
            left.Inputs + right.Inputs,
            left.Tokens + right.Tokens,
            left.MaxOutputTokens + right.MaxOutputTokens,
            left.Unlimited + right.Unlimited);

        public static Size operator -(in Size left, in Size right) => new(
            left.Lines - right.Lines,
            left.Bytes - right.Bytes,
            left.Inputs - right.Inputs,
            left.Tokens - right.Tokens,
            left.MaxOutputTokens - right.MaxOutputTokens,
            left.Unlimited - right.Unlimited);
    }
}
