namespace BatchGateway.Runs.Internal;

/// <summary>One step in the life of a shard, with all that must become durable together with it.</summary>
/// <param name="Command">Names the step within its shard: the same one never happens twice.</param>
/// <param name="To">The new state; the present one for new facts alone.</param>
internal sealed record ShardTransition(string Command, ShardState To)
{
    /// <summary>Takes the place of the facts; null leaves them as they are.</summary>
    public string? Facts { get; init; }

    /// <summary>The batch that was made; null leaves the one that is known.</summary>
    public string? BatchId { get; init; }

    /// <summary>For how long no claim is given after this; null for at once.</summary>
    public TimeSpan? NotBefore { get; init; }

    /// <summary>
    /// Read once, inside the transaction: it must not call the store. Cheapest in the order of the lines. The store sets the shard and the attempt.
    /// </summary>
    public IEnumerable<LineOutcome> Outcomes { get; init; } = [];

    /// <summary>Lines that are tried again.</summary>
    public IReadOnlyList<NewShard> NewShards { get; init; } = [];

    /// <summary>Gives back what was reserved for the shard.</summary>
    public bool FreesBudget { get; init; }
}
