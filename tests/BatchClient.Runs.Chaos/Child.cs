using System.Diagnostics;
using System.Text;

namespace BatchGateway.Runs.Chaos;

/// <summary>This program once more, with another first word. It ends with this object at the latest.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _complaints = new();

    private Child(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_complaints)
                _complaints.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has written to its error output.</summary>
    public string Complaints
    {
        get
        {
            lock (_complaints)
                return _complaints.ToString().Trim();
        }
    }

    public static Child Start<T>(string word, T settings)
    {
        string self = Environment.ProcessPath!;
        ProcessStartInfo start = new(self) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // "dotnet program.dll" needs its dll once more.
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add(ChaosProgram.Word);
        start.ArgumentList.Add(word);
        start.ArgumentList.Add(Words.Write(settings));
        return new Child(Process.Start(start)!);
    }

    /// <summary>The next line of its output; null when it has ended.</summary>
    /// <exception cref="TimeoutException">It says nothing for too long.</exception>
    public Task<string?> ReadLineAsync(TimeSpan deadline) => _process.StandardOutput.ReadLineAsync().WaitAsync(deadline);

    /// <summary>Ends it at once, wherever it is: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Lets it end by itself.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits until the process is gone, and with it whatever the system held for it.</summary>
    public async Task<int> WaitAsync(TimeSpan deadline)
    {
        await _process.WaitForExitAsync().WaitAsync(deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
