using System.Diagnostics;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>A process that is started to be killed. What it has written to its output before it is killed has really happened.</summary>
internal sealed class Victim : IDisposable
{
    public const string Word = "victim";

    private readonly Process _process;

    private Victim(Process process) => _process = process;

    public int Id => _process.Id;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "BatchClient.Runs.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    public static Victim Start(params string[] words) => Start(Program, [Word, .. words]);

    /// <summary>
    /// Starts it with a small disk of its own in place of a folder, which nobody else sees. The test is left out where the system has no such thing.
    /// </summary>
    public static Victim StartOnDisk(string folder, string disk, params string[] words)
    {
        const string mount = "mount -t tmpfs -o \"$1\" none \"$0\" && shift && exec \"$@\"";
        RequireOwnProgram();
        if (!OperatingSystem.IsLinux() || !CanMount(folder))
            Assert.Ignore("A process cannot have a disk of its own here.");
        return Start("unshare", ["-rm", "sh", "-c", mount, folder, disk, Program, Word, .. words]);
    }

    private static bool CanMount(string folder)
    {
        try
        {
            using Process trial = Process.Start("unshare", ["-rm", "mount", "-t", "tmpfs", "none", folder]);
            trial.WaitForExit();
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Victim Start(string program, string[] words)
    {
        RequireOwnProgram();
        ProcessStartInfo start = new(program, words)
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
