namespace BatchGateway.Runs.Internal;

/// <summary>One line of a shard, and what speaks for it. A table holds as many as a batch has lines, so it is packed.</summary>
internal struct HarvestEntry
{
    private int _statusAndOne;
    private byte _kind;

    // Beside the kind, where there is room: an entry must not grow.
    private byte _model;

    /// <summary>A hash of the custom id.</summary>
    public ulong First { get; init; }

    /// <summary>Another one.</summary>
    public ulong Second { get; init; }

    public long Line { get; init; }

    public long Offset { get; set; }

    public int Length { get; set; }

    public int File { get; set; }

    public int InputTokens { get; set; }

    public int OutputTokens { get; set; }

    public RetryVerdict Verdict { get; set; }

    /// <summary>Whether anything speaks for the line.</summary>
    public bool IsFound { get; init; }

    public BatchOutcomeKind Kind
    {
        readonly get => (BatchOutcomeKind)_kind;
        set => _kind = (byte)value;
    }

    /// <summary>The model of the answer, by its number in <see cref="HarvestTable.Models"/>.</summary>
    public byte Model
    {
        readonly get => _model;
        set => _model = value;
    }

    /// <summary>The status; one that no server says is kept as none.</summary>
    public int? StatusCode
    {
        readonly get => _statusAndOne == 0 ? null : _statusAndOne - 1;
        set => _statusAndOne = value is { } status and >= 0 and < int.MaxValue ? status + 1 : 0;
    }

    public readonly LineOutcome ToOutcome() => new()
    {
        Line = Line,
        Kind = Kind,
        File = File,
        Offset = Offset,
        Length = Length,
        StatusCode = StatusCode,
        InputTokens = InputTokens,
        OutputTokens = OutputTokens,
    };
}
