using System.Diagnostics;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>A process that is started to be killed. What it has written to its output before it is killed has really happened.</summary>
internal sealed class Victim : IDisposable
{
    public const string Word = "victim";

    private readonly Process _process;

    private Victim(Process process) => _process = process;

    public int Id => _process.Id;

    public static Victim Start(params string[] words)
    {
        RequireOwnProgram();
        string program = Path.Combine(AppContext.BaseDirectory, "BatchClient.Runs.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        ProcessStartInfo start = new(program, [Word, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        return new Victim(Process.Start(start)!);
    }

    /// <summary>Leaves the test out where this program cannot be started again.</summary>
    public static void RequireOwnProgram()
    {
        if (typeof(Victim).Assembly.EntryPoint?.DeclaringType?.Name != "Program")
            Assert.Ignore("The older test runner brings a program of its own.");
    }

    /// <summary>The next line of its output; null when it has ended.</summary>
    public ValueTask<string?> ReadLineAsync() => new(_process.StandardOutput.ReadLineAsync());

    /// <summary>Ends it at once, wherever it is (SIGKILL), and gives what it had still written.</summary>
    public async Task<string[]> KillAsync()
    {
        _process.Kill();
        string rest = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        // What is not a whole line was cut off.
        return rest.LastIndexOf('\n') is var end and >= 0 ? rest[..end].Split('\n') : [];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
