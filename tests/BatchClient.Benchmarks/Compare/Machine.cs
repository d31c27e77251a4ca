using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace BatchGateway.Benchmarks.Compare;

internal static class Machine
{
    /// <summary>Prints what the figures were measured on.</summary>
    public static void Describe()
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Units.Megabyte;
        Report.Comment($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        Report.Comment($"{Processor()}, {Environment.ProcessorCount} cores, {memory} MB of memory");
        Report.Comment($"{(GCSettings.IsServerGC ? "server" : "workstation")} GC, AVX2 {Avx2.IsSupported}, AVX-512 {Avx512F.IsSupported}");
    }

    private static string Processor()
    {
        const string list = "/proc/cpuinfo";
        IEnumerable<string> lines = File.Exists(list) ? File.ReadLines(list) : [];
        return lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
    }
}
