using System.Globalization;
using BatchGateway.Emulator;

namespace BatchGateway.AotSmoke;

/// <summary>What is measured of one way to publish, printed as it comes: a name and a value a line.</summary>
/// <param name="way">The first word of every name.</param>
/// <param name="folder">Where the programs are.</param>
internal sealed class Measurement(string way, string folder)
{
    private const int Questions = 100;
    private const int Starts = 30;
    private const int Chances = 5;
    private const double Megabyte = 1e6;
    private const double KilobytesInMebibyte = 1024;

    private readonly PublishedProgram _client = new(folder, "Client");
    private readonly PublishedProgram _raw = new(folder, "Raw");
    private readonly PublishedProgram _run = new(folder, "Run");
    private readonly Dictionary<string, double> _figures = [];

    public bool IsGood { get; private set; } = true;

    /// <summary>The whole life of a batch, or of a run, through an emulator in this process; the most memory that it took.</summary>
    public async Task LifeAsync()
    {
        EmulatorScript atOnce = new() { ValidatingFor = TimeSpan.Zero, RunningFor = TimeSpan.Zero, FinalizingFor = TimeSpan.Zero };
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Clock = EmulatorClock.RealTime(),
            Script = atOnce,
        });
        DirectoryInfo state = Directory.CreateTempSubdirectory("batchclient-");
        try
        {
            string url = emulator.Url.ToString();
            await LifeAsync("peak_rss_mb", _client, Questions, url, emulator.ApiKey);
            await LifeAsync("raw_peak_rss_mb", _raw, Questions, emulator.BaseUrl + "/", emulator.ApiKey);
            await LifeAsync("run_peak_rss_mb", _run, 2 * Questions, url, emulator.ApiKey, state.FullName);
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }

    public void Size()
    {
        Print("size_mb", _client.Size() / Megabyte);
        Print("raw_size_mb", _raw.Size() / Megabyte);
        Print("run_size_mb", _run.Size() / Megabyte);
    }

    /// <summary>From the start of the process to the first answer, of a handler in memory: medians, and the median of the pairs' differences.</summary>
    /// <param name="enough">A machine that is busy with something else gets more than one chance to be this quick.</param>
    public async Task ColdStartAsync(double enough = double.MaxValue)
    {
        List<(double Client, double Raw)> pairs = await StartsAsync();
        for (int chance = 1; chance < Chances && Median(pairs.Select(Difference)) > enough; chance++)
            pairs = await StartsAsync();

        Print("cold_start_ms", Median(pairs.Select(pair => pair.Client)));
        Print("raw_cold_start_ms", Median(pairs.Select(pair => pair.Raw)));
        Print("cold_start_over_raw_ms", Median(pairs.Select(Difference)));
    }

    public void Bound(string figure, double most)
    {
        if (_figures[figure] <= most)
            return;

        IsGood = false;
        Console.Error.WriteLine($"{way}_{figure} may be {most} at most.");
    }

    private async Task LifeAsync(string figure, PublishedProgram program, int questions, params string[] arguments)
    {
        IReadOnlyDictionary<string, int> account = await program.LifeAsync(arguments);
        if (account["answered"] != questions)
            throw new InvalidOperationException($"{way}: {account["answered"]} of {questions} questions have an answer ({figure}).");
        Print(figure, account["peak_kb"] / KilobytesInMebibyte);
    }

    private async Task<List<(double Client, double Raw)>> StartsAsync()
    {
        // The first pair may come from the disk, the others come from memory.
        await _client.FirstAnswerAsync();
        await _raw.FirstAnswerAsync();

        List<(double Client, double Raw)> pairs = [];
        for (int i = 0; i < Starts; i++)
            pairs.Add((await _client.FirstAnswerAsync(), await _raw.FirstAnswerAsync()));
        return pairs;
    }

    private static double Difference((double Client, double Raw) pair) => pair.Client - pair.Raw;

    private void Print(string figure, double value)
    {
        _figures[figure] = value;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way}_{figure} {value:0.0}"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
