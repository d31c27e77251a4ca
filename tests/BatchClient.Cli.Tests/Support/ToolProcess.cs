using System.Diagnostics;
using System.Reflection;

namespace BatchGateway.Cli.Tests.Support;

/// <summary>The built tool as a process. It ends with this object at the latest.</summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string Tool = Find();

    /// <summary>The repository.</summary>
    public static string Root { get; } = Tool[..Tool.IndexOf(Path.Combine("src", "BatchClient.Cli"), StringComparison.Ordinal)];

    private readonly Process _process;
    private readonly string _commandLine;
    private readonly Task<string> _out;
    private readonly Task<string> _err;
    private readonly Transcript _transcript = new();

    private ToolProcess(Process process, string commandLine)
    {
        _process = process;
        _commandLine = commandLine;
        _out = _transcript.ReadAsync(process.StandardOutput);
        _err = _transcript.ReadAsync(process.StandardError);
    }

    /// <param name="environment">All that it sees besides the path to programs.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="args">What the user types.</param>
    public static ToolProcess Start(IReadOnlyDictionary<string, string> environment, string folder, params string[] args)
    {
        // Whatever runs the tests in the background may ignore Ctrl+C, and what it starts would as well.
        string[] hearing = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];
        string[] command = [.. hearing, "dotnet", Tool, .. args];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start, environment);
        return new ToolProcess(Process.Start(start)!, $"batchclient {string.Join(' ', args)}");
    }

    /// <summary>Waits until something is written, to stdout or stderr; returns all that was, until then.</summary>
    public Task<string> ExpectAsync(string text) => _transcript.ExpectAsync(text, Limit);

    /// <summary>Gives it something on stdin, and the end of it.</summary>
    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        _process.StandardInput.Close();
    }

    /// <summary>Ctrl+C.</summary>
    public async Task InterruptAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it at once: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    public async Task<ToolRun> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        ToolRun run = new(_commandLine, _process.ExitCode, await _out, await _err);
        TestContext.Out.WriteLine(run);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>A command line as a shell takes it, with the tool under its name; stdout and stderr as a person sees them, in one.</summary>
    public static async Task<string> ShellAsync(IReadOnlyDictionary<string, string> environment, string folder, string commandLine)
    {
        ProcessStartInfo start = new("sh", ["-c", $"batchclient() {{ dotnet '{Tool}' \"$@\"; }}\nexec 2>&1\n{commandLine}"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        SetEnvironment(start, environment);
        using Process shell = Process.Start(start)!;
        string output = await shell.StandardOutput.ReadToEndAsync().WaitAsync(Limit);
        await shell.WaitForExitAsync().WaitAsync(Limit);
        return output;
    }

    private static void SetEnvironment(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        foreach (string name in start.Environment.Keys.Where(name => name is not ("PATH" or "DOTNET_ROOT" or "TMPDIR")).ToList())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
    }

    private static string Find()
    {
        string relative = typeof(ToolProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Tool").Value!;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, relative)))
                return Path.Combine(folder.FullName, relative);
        }

        throw new InvalidOperationException($"There is no {relative} above {AppContext.BaseDirectory}: build the tool first.");
    }
}
