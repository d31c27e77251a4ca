using System.Globalization;

namespace BatchGateway.Benchmarks.Memory;

/// <summary>What the kernel says about this process, in MB of 1024 kB as it is usually told.</summary>
internal static class ProcessMemory
{
    public static double Resident() => Read("VmRSS:");

    public static double Peak() => Read("VmHWM:");

    private static double Read(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(name, StringComparison.Ordinal));
        string kilobytes = line[name.Length..].Trim().Split(' ')[0];
        return double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024;
    }
}
