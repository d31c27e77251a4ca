using System.Globalization;
using BatchGateway.Emulator;

namespace BatchGateway.Benchmarks.Runs;

/// <summary>
/// The gateway of a run, in a process of its own: an emulator on the system's clock. It prints its address, answers every line of its input with
/// what its ledger says, and ends when its input does.
/// </summary>
internal static class EmulateCommand
{
    /// <summary>So many lines fail, for good: a run reads both files of a batch.</summary>
    private const double FailingShare = 0.005;

    private static readonly TimeSpan WorkEvery = TimeSpan.FromMilliseconds(200);

    /// <param name="arguments">How large the run is.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        RunOptions options = RunOptions.Parse(arguments, new RunOptions(1, 1));
        EmulatorScript script = new() { RunningFor = TimeSpan.FromSeconds(options.Life) };
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Personality = options.Gateway,
            Clock = EmulatorClock.RealTime(),
            Script = script
                .Lines(FailingShare, EmulatedResponse.Error(400, "content_policy_violation", "The request was refused."))
                .Lines(options.BusyPercent / 100.0, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too many requests.")),
        });
        Console.WriteLine(emulator.Url);

        using CancellationTokenSource ended = new();
        Task working = WorkAsync(emulator, ended.Token);
        while (await Console.In.ReadLineAsync() is not null)
            Console.WriteLine(Bill(emulator.Ledger));

        await ended.CancelAsync();
        await working;
        return 0;
    }

    // The emulator runs lines when somebody looks. What a provider does meanwhile must not be done while the client waits for an answer.
    private static async Task WorkAsync(BatchGatewayEmulator emulator, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _ = emulator.Ledger.FilesHeld;
            await Task.Delay(WorkEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Bill(EmulatorLedger ledger)
    {
        IReadOnlyDictionary<string, int> billed = ledger.LinesBilled;
        string calls = string.Join(',', ledger.Requests.CountBy(request => request.Route).Select(route => $"{route.Key}={route.Value}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ledger.Requests.Count} {ledger.BatchesCreated.Count} {billed.Count} {billed.Count(line => line.Value > 1)} {calls}");
    }
}
