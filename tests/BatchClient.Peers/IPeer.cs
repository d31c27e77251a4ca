namespace BatchGateway.Peers;

/// <summary>A client that walks the emulator from another process.</summary>
internal interface IPeer
{
    Task<PeerResult> WalkAsync(IReadOnlyDictionary<string, string> environment);
}
