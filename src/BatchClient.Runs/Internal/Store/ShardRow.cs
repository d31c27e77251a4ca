namespace BatchGateway.Runs.Internal;

/// <summary>A shard, as the store holds it: the lines of one batch, and how far they have come.</summary>
internal sealed record ShardRow
{
    public required long Run { get; init; }

    /// <summary>From 1, in the order in which shards were added to the run.</summary>
    public required int Number { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The shard whose lines are tried again here; null for a shard of the input.</summary>
    public int? Parent { get; init; }

    /// <summary>The sequence of the first line, where the lines follow each other as in the input; null where they were picked.</summary>
    public long? FirstLine { get; init; }

    public required long Lines { get; init; }

    public required long Bytes { get; init; }

    /// <summary>An estimate.</summary>
    public required long Tokens { get; init; }

    /// <summary>The name of the blob that holds the lines.</summary>
    public required string Blob { get; init; }

    public required ShardState State { get; init; }

    /// <summary>Grows by one with every transition.</summary>
    public long Version { get; init; }

    /// <summary>Grows by one with every claim: what a worker holds with an older one is void.</summary>
    public long Fence { get; init; }

    /// <summary>Who holds the lease; null when nobody does.</summary>
    public string? Worker { get; init; }

    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>No claim is given before this instant.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The fence under which the present intent was recorded; null outside of <see cref="ShardState.Intent"/>.</summary>
    public long? IntentFence { get; init; }

    /// <summary>The tokens that are reserved for it; null when it holds no place in the budget.</summary>
    public long? Reserved { get; init; }

    /// <summary>The batch that was made of it last.</summary>
    public string? BatchId { get; init; }

    /// <summary>JSON that the store does not look into: file id, intent token, address and the like.</summary>
    public string? Facts { get; init; }
}
