namespace BatchGateway.Runs.Internal;

/// <summary>A run, as the store holds it.</summary>
internal sealed record RunRow
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Null until the input is fixed.</summary>
    public InputSeal? Input { get; init; }

    public RunState State { get; init; }

    /// <summary>Grows with every change of the run itself, not with those of its shards.</summary>
    public long Version { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>JSON that the store does not look into; fixed when the run is made.</summary>
    public string? Settings { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
