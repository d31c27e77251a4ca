using System.Diagnostics;

namespace BatchGateway.Benchmarks.Compare;

internal static class Disk
{
    /// <summary>Waits until what was written has reached the disk.</summary>
    public static async Task SettleAsync()
    {
        if (OperatingSystem.IsWindows())
            return;

        using Process sync = Process.Start("sync");
        await sync.WaitForExitAsync();
    }

    /// <summary>Says early that the disk is too small, and not in the middle of a run.</summary>
    public static void Require(string folder, long bytes)
    {
        long free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < bytes)
            throw new InvalidOperationException($"{bytes / Units.Megabyte} MB are needed in '{folder}', and {free / Units.Megabyte} MB are free.");
    }
}
