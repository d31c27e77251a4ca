using System.Diagnostics;
using System.Globalization;

namespace BatchGateway.Benchmarks.Server;

/// <summary>A running server of the transfers, until it is disposed of.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Address = new ServerAddress(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
    }

    public ServerAddress Address { get; }

    public static async Task<ServerProcess> StartAsync()
    {
        Process process = ChildProcess.Start(Verbs.Serve);
        string? port = await process.StandardOutput.ReadLineAsync();
        return new ServerProcess(process, int.Parse(port!, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
