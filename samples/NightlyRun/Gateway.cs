using System.Diagnostics;
using System.Net.Sockets;
using BatchGateway.Emulator;

namespace NightlyRun;

/// <summary>The emulator in a process of its own: this program once more. It has real HTTP, short batches, and lines that fail at first.</summary>
internal sealed record Gateway(string Url, string ApiPath, bool IsNew, string Note)
{
    public const string Switch = "--gateway";
    public const string ApiKey = "nightly";

    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(10);

    /// <summary>The one that an earlier run has left, if it still answers; else a new one.</summary>
    public static async Task<Gateway> FindOrStartAsync(string folder, CancellationToken cancellationToken)
    {
        string note = Path.Combine(folder, "gateway");
        if (File.Exists(note) && File.ReadAllLines(note) is [var url, var path] && await AnswersAsync(new Uri(url), cancellationToken))
            return new Gateway(url, path, IsNew: false, note);

        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "NightlyRun.exe" : "NightlyRun");
        // Streams of its own: else a pipe that this program writes into would stay open for as long as the emulator lives.
        ProcessStartInfo start = new(program, [Switch, note]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        await process.StandardOutput.ReadLineAsync(cancellationToken);
        return File.ReadAllLines(note) is [var newUrl, var newPath] ? new Gateway(newUrl, newPath, IsNew: true, note) : throw new IOException("The emulator did not start.");
    }

    /// <summary>Serves until its note is gone, or nobody has asked for anything for a while.</summary>
    public static async Task<int> ServeAsync(string note)
    {
        Console.CancelKeyPress += (_, key) => key.Cancel = true;   // Ctrl+C in a terminal reaches this process too, and is not meant for it.
        EmulatorScript script = new() { ValidatingFor = TimeSpan.FromSeconds(1), RunningFor = TimeSpan.FromSeconds(5), FinalizingFor = TimeSpan.FromSeconds(1) };
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Personality = EmulatorPersonality.OpenAI,
            ApiKey = ApiKey,
            Clock = EmulatorClock.RealTime(),
            Script = script
                .Lines(line => line.Attempt == 1 && line.LineNumber % 20 == 0, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too many requests."))
                .Lines(line => line.Attempt == 1 && line.LineNumber % 33 == 0, EmulatedResponse.Error(500, "server_error", "The server had an error."))
                .Lines(line => line.CustomId.EndsWith("777", StringComparison.Ordinal), EmulatedResponse.Error(400, "content_filter", "The prompt was filtered.")),
        });
        File.WriteAllLines(note, [emulator.Url.AbsoluteUri, emulator.ApiPath]);
        Console.WriteLine(emulator.Url);

        Stopwatch idle = Stopwatch.StartNew();
        for (int seen = 0; File.Exists(note) && idle.Elapsed < IdleLimit; await Task.Delay(TimeSpan.FromSeconds(1)))
        {
            int count = emulator.Ledger.Requests.Count;
            if (count != seen)
                idle.Restart();
            seen = count;
        }

        return 0;
    }

    /// <summary>Lets the other process end.</summary>
    public void Release() => File.Delete(Note);

    private static async Task<bool> AnswersAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using TcpClient connection = new();
            await connection.ConnectAsync(url.Host, url.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
