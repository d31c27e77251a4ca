namespace BatchGateway.Runs.Internal;

/// <summary>A batch that has ended, and what is needed to bring it in.</summary>
internal sealed record HarvestRequest
{
    public required RunRow Run { get; init; }

    /// <summary>The shard as it was claimed, in <see cref="ShardState.Terminal"/>: its fence is part of the names of its results.</summary>
    public required ShardRow Shard { get; init; }

    /// <summary>The batch at its end.</summary>
    public required Batch Batch { get; init; }

    public required IBatchClient Client { get; init; }

    /// <summary>The provider, metadata and headers that the batch was made with.</summary>
    public BatchCallOptions? Call { get; init; }

    public HarvestOptions Options { get; init; } = new();

    /// <summary>How often the shard's lines were sent again already without a new attempt.</summary>
    public RetryTally Tally { get; init; }

    /// <summary>The facts of a shard of lines that are tried again, which must keep the tally; null for none.</summary>
    public Func<RetryTally, string?>? RetryFacts { get; init; }
}
