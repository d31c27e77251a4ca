namespace BatchGateway.Peers;

/// <summary>Any command: BASE_URL and API_KEY tell it where to go, its exit code says how it went.</summary>
internal sealed class CommandPeer(IReadOnlyList<string> command) : IPeer
{
    public async Task<PeerResult> WalkAsync(IReadOnlyDictionary<string, string> environment)
    {
        int exitCode = await ChildProcess.RunAsync(command, Environment.CurrentDirectory, environment, Console.WriteLine);
        return exitCode == 0 ? new PeerResult(1, 0) : new PeerResult(0, 1);
    }
}
