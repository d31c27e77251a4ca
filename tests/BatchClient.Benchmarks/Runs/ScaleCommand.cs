using System.Diagnostics;
using System.Runtime.InteropServices;
using BatchGateway.Benchmarks.Compare;

namespace BatchGateway.Benchmarks.Runs;

/// <summary>
/// A run of many lines through a gateway in another process. The client is a process of its own as well: what it takes is the run's alone.
/// Ends with 1 when a line has not exactly one outcome, or was paid for twice.
/// </summary>
internal static class ScaleCommand
{
    private static readonly RunOptions Full = new(Lines: 1_000_000, Batches: 20);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        RunOptions options = RunOptions.Parse(arguments, Full);
        using TempFolder folder = new();
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => folder.Dispose());
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => folder.Dispose());
        Disk.Require(folder.Path, options.BytesOnDisk);
        Machine.Describe();

        await using EmulatorProcess gateway = await EmulatorProcess.StartAsync(options);
        bool isRight = await DriveAsync(folder.Path, gateway.Url, options);
        return isRight & IsRight(await gateway.BillAsync(), options) ? 0 : 1;
    }

    private static async Task<bool> DriveAsync(string folder, string gateway, RunOptions options)
    {
        using Process client = ChildProcess.Start([Verbs.DriveRun, folder, gateway, .. options.Arguments()]);
        while (await client.StandardOutput.ReadLineAsync() is { } line)
            Console.WriteLine(line);
        await client.WaitForExitAsync();
        return client.ExitCode == 0;
    }

    private static bool IsRight(GatewayBill bill, RunOptions options)
    {
        Report.Figure("requests_per_batch", (double)bill.Requests / Math.Max(1, bill.Batches));
        Report.Comment($"{bill.Requests} requests for {bill.Batches} batches: {bill.Calls}");
        Report.Comment($"{bill.LinesPaid} lines paid for, {bill.LinesPaidTwice} of them twice");
        return bill.LinesPaidTwice == 0 && (bill.Batches == options.Batches || options.BusyPercent > 0);
    }
}
