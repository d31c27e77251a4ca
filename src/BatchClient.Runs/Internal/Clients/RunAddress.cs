namespace BatchGateway.Runs.Internal;

/// <summary>
/// What is needed to address a batch again: the name of its client, where that client pointed, and what went with the calls. Never the key.
/// </summary>
internal sealed record RunAddress
{
    /// <summary>The key that the client is registered under; empty for the one without a key.</summary>
    public string Client { get; init; } = "";

    /// <summary>The control plane; null when the client is none of ours and does not say.</summary>
    public string? ControlPlaneUrl { get; init; }

    public string? ApiPath { get; init; }

    public string? Provider { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? GatewayMetadata { get; init; }

    /// <summary>Whether batches of the other address are in the same list as those of this one.</summary>
    public bool SharesListWith(RunAddress other) => Client == other.Client && IsSamePlace(other) && Provider == other.Provider;

    public bool IsSamePlace(RunAddress other) => ControlPlaneUrl == other.ControlPlaneUrl && ApiPath == other.ApiPath;
}
