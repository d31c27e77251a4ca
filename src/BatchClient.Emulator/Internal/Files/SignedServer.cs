namespace BatchGateway.Emulator.Internal;

/// <summary>The second server, on a port of its own, from its first use to the emulator's end.</summary>
internal sealed class SignedServer(Func<Gateway> newGateway)
{
    private readonly object _gate = new();
    private Task<LoopbackServer>? _start;
    private bool _hasEnded;

    public async Task<Uri> UrlAsync()
    {
        Task<LoopbackServer> start;
        lock (_gate)
        {
            if (_hasEnded)
                throw new OperationCanceledException("The emulator has ended.");
            start = _start ??= StartAsync();
        }

        return (await start.ConfigureAwait(false)).Url;
    }

    public async Task StopAsync()
    {
        lock (_gate)
            _hasEnded = true;
        if (_start is null)
            return;
        using LoopbackServer server = await _start.ConfigureAwait(false);
        await server.StopAsync().ConfigureAwait(false);
    }

    private async Task<LoopbackServer> StartAsync()
    {
        LoopbackServer server = new(port: 0);
        await server.StartAsync(newGateway(), CancellationToken.None).ConfigureAwait(false);
        return server;
    }
}
