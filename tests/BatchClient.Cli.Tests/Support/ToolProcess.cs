using System.Diagnostics;
using System.Reflection;

namespace BatchGateway.Cli.Tests.Support;

/// <summary>The built tool as a process. It ends with this object at the latest.</summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string Tool = Find();

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
        ProcessStartInfo start = new("dotnet", [Tool, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name is not ("PATH" or "DOTNET_ROOT" or "TMPDIR")).ToList())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
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
