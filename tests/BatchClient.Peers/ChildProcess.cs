using System.Diagnostics;

namespace BatchGateway.Peers;

internal static class ChildProcess
{
    /// <summary>Runs a command to its end; its errors go to ours, its output to <paramref name="onLine"/>.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string> environment, Action<string> onLine)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1)) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            onLine(line);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
