using System.Diagnostics;
using System.Globalization;
using BatchGateway.Fuzz.Targets;

namespace BatchGateway.Fuzz.Giants;

/// <summary>Runs the giants one after the other, and measures each.</summary>
internal static class GiantProgram
{
    private const string Form = "{0,-22} {1,8} {2,10} {3,9} {4,9} {5,9} {6,9}  {7}";

    /// <summary>Who takes so long on the clock does not end, however busy the machine is.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    /// <returns>Whether all kept within their bounds.</returns>
    public static async Task<bool> RunAsync(string? only, TextWriter output)
    {
        List<Giant> giants = [.. GiantList.All.Where(giant => only is null || only == "giants" || giant.Name == only)];
        if (giants.Count == 0)
            return true;

        output.WriteLine(Form, "giant", "seconds", "may take", "MB", "may take", "peak MB", "may be", "");
        bool isGood = true;
        foreach (Giant giant in giants)
            isGood &= await RunAsync(giant, output).ConfigureAwait(false);
        return isGood;
    }

    private static async Task<bool> RunAsync(Giant giant, TextWriter output)
    {
        GC.Collect();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan start = Worked();
        string problem = await ProblemOfAsync(giant).ConfigureAwait(false);
        double seconds = (Worked() - start).TotalSeconds;
        long megabytes = (GC.GetTotalAllocatedBytes(precise: true) - before) >> 20, resident = PeakMegabytes();
        if (problem.Length == 0 && (megabytes > giant.MostMegabytes || seconds > giant.MostSeconds || resident > Giant.MostResident))
            problem = "it took too much";
        output.WriteLine(
            Form, giant.Name, seconds.ToString("0.00", CultureInfo.InvariantCulture), giant.MostSeconds, megabytes, giant.MostMegabytes, resident, Giant.MostResident,
            problem.Length == 0 ? "" : $"VIOLATION: {problem}");
        return problem.Length == 0;
    }

    private static async Task<string> ProblemOfAsync(Giant giant)
    {
        try
        {
            await giant.RunAsync().WaitAsync(Hang).ConfigureAwait(false);
            return "";
        }
        catch (Exception exception)
        {
            return exception is Violation ? exception.Message : exception.ToString();
        }
    }

    /// <summary>The processors' time: a machine that is busy with something else is no fault of a giant's.</summary>
    private static TimeSpan Worked()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static long PeakMegabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
