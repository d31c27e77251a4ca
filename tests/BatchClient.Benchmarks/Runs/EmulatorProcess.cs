using System.Diagnostics;

namespace BatchGateway.Benchmarks.Runs;

/// <summary>A running gateway of runs, until it is disposed of.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly Process _process;

    private EmulatorProcess(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<EmulatorProcess> StartAsync(RunOptions options)
    {
        Process process = ChildProcess.Start([Verbs.Emulate, .. options.Arguments()]);
        string? url = await process.StandardOutput.ReadLineAsync();
        return new EmulatorProcess(process, url ?? throw new InvalidOperationException("The emulator did not start."));
    }

    public async Task<GatewayBill> BillAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        return GatewayBill.Parse(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator has ended."));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
