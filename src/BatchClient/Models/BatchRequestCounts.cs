using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>How many lines a batch has and how far they are. A number that the gateway does not say is null, not zero.</summary>
[JsonConverter(typeof(BatchRequestCountsConverter))]
public sealed record BatchRequestCounts : GatewayModel
{
    /// <summary>All lines.</summary>
    public long? Total { get; init; }

    /// <summary>Lines that were answered with success.</summary>
    public long? Completed { get; init; }

    /// <summary>Lines that failed.</summary>
    public long? Failed { get; init; }
}
