using System.Globalization;

namespace BatchGateway.Benchmarks.Memory;

/// <summary>What the kernel says that this process has sent to the disk.</summary>
internal static class ProcessDisk
{
    private const string Written = "write_bytes:";

    /// <summary>The bytes, in whole pages. What stays in memory alone, as in a tmpfs, is none.</summary>
    public static long WrittenBytes()
    {
        string line = File.ReadLines("/proc/self/io").First(text => text.StartsWith(Written, StringComparison.Ordinal));
        return long.Parse(line[Written.Length..].Trim(), CultureInfo.InvariantCulture);
    }
}
