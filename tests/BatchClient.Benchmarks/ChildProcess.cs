using System.Diagnostics;

namespace BatchGateway.Benchmarks;

/// <summary>This program once more, with another verb.</summary>
internal static class ChildProcess
{
    public static Process Start(params string[] arguments)
    {
        string self = Environment.ProcessPath!;
        ProcessStartInfo start = new(self) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // "dotnet BatchClient.Benchmarks.dll" needs its dll once more.
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
