namespace BatchGateway.Runs.Internal;

/// <summary>An input that is durable: what makes it the same input, and its shards in the order of the lines.</summary>
/// <param name="Seal">To be compared when the lines are given again.</param>
/// <param name="Shards">The shards of the first attempt; their blobs are published.</param>
/// <param name="Endpoint">The API path of the lines; <see langword="default"/> when they name none.</param>
internal sealed record SpooledInput(InputSeal Seal, IReadOnlyList<NewShard> Shards, BatchEndpoint Endpoint)
{
    /// <summary>The model that the lines name; null when they name none.</summary>
    public string? Model { get; init; }
}
