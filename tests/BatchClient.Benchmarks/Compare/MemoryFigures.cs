using System.Diagnostics;
using System.Globalization;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>What a process of its own needs at most; it prints its figures itself.</summary>
internal sealed class MemoryFigures : IFigures
{
    public IReadOnlyList<string> Names => ["peak_rss_mb", "rss_growth_mb"];

    public async Task MeasureAsync(CompareContext context)
    {
        using Process process = ChildProcess.Start(
            Verbs.Memory,
            context.Folder.Path,
            context.Options.TransferBytes.ToString(CultureInfo.InvariantCulture),
            context.Server.Root.ToString());
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            Console.WriteLine(line);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The memory process ended with {process.ExitCode}.");
    }
}
