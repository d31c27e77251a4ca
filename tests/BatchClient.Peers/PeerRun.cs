using BatchGateway.Emulator;

namespace BatchGateway.Peers;

internal static class PeerRun
{
    /// <summary>Starts an emulator on real time, with batches that are over in a second, and lets the peer walk it.</summary>
    public static async Task<PeerResult> AgainstAsync(IPeer peer, string apiPath)
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            ApiPath = apiPath,
            Personality = EmulatorPersonality.OpenAI,
            Clock = EmulatorClock.RealTime(),
            Script = new()
            {
                ValidatingFor = TimeSpan.FromMilliseconds(300),
                RunningFor = TimeSpan.FromMilliseconds(600),
                FinalizingFor = TimeSpan.FromMilliseconds(300),
                CancellingFor = TimeSpan.FromMilliseconds(300),
            },
        });

        return await peer.WalkAsync(new Dictionary<string, string>
        {
            ["BASE_URL"] = emulator.BaseUrl.ToString(),
            ["API_KEY"] = emulator.ApiKey,
        });
    }
}
