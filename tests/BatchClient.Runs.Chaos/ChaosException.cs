namespace BatchGateway.Runs.Chaos;

/// <summary>Something that no kill explains: it counts as a violation.</summary>
internal sealed class ChaosException(string message) : Exception(message);
