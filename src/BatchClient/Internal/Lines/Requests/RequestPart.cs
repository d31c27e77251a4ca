namespace BatchGateway.Internal.Lines;

/// <summary>The lines of one batch, counted.</summary>
internal sealed class RequestPart
{
    private readonly BatchLimits _limits;

    /// <summary>The last lines, as many as another batch may be short of.</summary>
    private readonly Queue<Size> _last = [];

    public RequestPart(BatchLimits limits, long firstLineNumber)
    {
        _limits = limits;
        FirstLineNumber = firstLineNumber;
    }

    public long FirstLineNumber { get; private set; }

    public long LineCount { get; private set; }

    public long Bytes { get; private set; }

    public long EstimatedTokens { get; private set; }

    public long MaxOutputTokens { get; private set; }

    private long EmbeddingInputs { get; set; }

    /// <summary>Adds a line, unless it is too much.</summary>
    /// <returns>False when it is.</returns>
    public bool TryAdd(in RequestLine line) => TryAdd(new Size(line.Length, line.Facts.Inputs, line.EstimatedTokens, line.Facts.MaxOutputTokens));

    /// <summary>The limit that is in the way of another line, as a code word and a sentence.</summary>
    public (BatchErrorCode Rule, string Problem) Obstacle(in RequestLine line)
    {
        if (LineCount + 1 > _limits.MaxLines)
            return (BatchErrorCode.TooManyTasks, $"is one more than the {_limits.MaxLines:N0} lines that a batch may have");
        if (Bytes + line.Length > _limits.MaxBytes)
            return (BatchErrorCode.FileTooLarge, $"makes the file {Bytes + line.Length:N0} bytes long, and it may have {_limits.MaxBytes:N0}");
        return (
            BatchErrorCode.TooManyTasks,
            $"brings the texts to embed to {EmbeddingInputs + line.Facts.Inputs:N0}, and a batch may have {_limits.MaxEmbeddingInputs:N0}");
    }

    /// <summary>Moves the last lines of the batch before to the beginning of this one.</summary>
    /// <returns>How many bytes they have; null when that would be too much for this one or too little for that one.</returns>
    public long? TakeFrom(RequestPart before, int count)
    {
        Size[] moved = [.. before._last.TakeLast(count)];
        if (moved.Length < count || !moved.All(TryAdd))
            return null;

        FirstLineNumber -= count;
        long bytes = moved.Sum(size => (long)size.Bytes);
        before.LineCount -= count;
        before.Bytes -= bytes;
        before.EmbeddingInputs -= moved.Sum(size => (long)size.Inputs);
        before.EstimatedTokens -= moved.Sum(size => size.Tokens);
        before.MaxOutputTokens -= moved.Sum(size => size.MaxOutputTokens);
        return bytes;
    }

    private bool TryAdd(Size size)
    {
        if (LineCount + 1 > _limits.MaxLines
            || Bytes + size.Bytes > _limits.MaxBytes
            || EmbeddingInputs + size.Inputs > _limits.MaxEmbeddingInputs)
            return false;

        LineCount++;
        Bytes += size.Bytes;
        EmbeddingInputs += size.Inputs;
        EstimatedTokens += size.Tokens;
        MaxOutputTokens += size.MaxOutputTokens;
        if (_limits.MinLines > 0)
            Remember(size);
        return true;
    }

    private void Remember(Size size)
    {
        _last.Enqueue(size);
        if (_last.Count > _limits.MinLines)
            _last.Dequeue();
    }

    private readonly record struct Size(int Bytes, int Inputs, long Tokens, long MaxOutputTokens);
}
