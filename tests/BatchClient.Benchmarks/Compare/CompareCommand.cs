using System.Runtime.InteropServices;
using BatchGateway.Benchmarks.Server;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>Measures every figure in turn, in a folder of its own that is gone afterwards.</summary>
internal static class CompareCommand
{
    // The spool and its copy, or both ends of a transfer, beside the file of result lines.
    private const int TransfersOnDisk = 3;
    private const int DataOnDisk = 4;

    private static readonly IFigures[] All =
        [.. ReadFigures.All(), new WriteFigures(), new UploadFigures(), new DownloadFigures(), new CallFigures(), new MemoryFigures(), new PeerFigures()];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        CompareOptions options = CompareOptions.Parse(arguments);
        using TempFolder folder = new();
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => folder.Dispose());
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => folder.Dispose());
        Disk.Require(folder.Path, (TransfersOnDisk * options.TransferBytes) + (DataOnDisk * options.DataBytes));
        await using ServerProcess server = await ServerProcess.StartAsync();

        Machine.Describe();
        CompareContext context = new(options, folder, server.Address);
        foreach (IFigures figures in All.Where(figures => figures.Names.Any(name => name.StartsWith(options.Only, StringComparison.Ordinal))))
            await figures.MeasureAsync(context);
        return 0;
    }
}
