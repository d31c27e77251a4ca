using System.Diagnostics;
using BatchGateway.Fuzz.Targets;

namespace BatchGateway.Fuzz.Running;

/// <summary>One input, read by its target.</summary>
internal static class Case
{
    /// <summary>No input of a case has more than a few hundred kilobytes.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>Nothing here waits; a machine that is busy with something else may.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    public static async Task<CaseResult> RunAsync(Target target, byte[] input)
    {
        int thread = Environment.CurrentManagedThreadId;
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        (string ended, Violation? violation) = await EndAsync(target, input).ConfigureAwait(false);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        // Where the work went on another thread its bytes were counted there.
        long bytes = thread == Environment.CurrentManagedThreadId ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
        violation ??= bytes > MostBytes ? new Violation("memory is bounded", $"{bytes >> 20} MB") : null;
        violation ??= time > MostTime ? new Violation("time is bounded", $"{time.TotalSeconds:0.0} s") : null;
        return new CaseResult(ended, violation, time, bytes);
    }

    private static async Task<(string Ended, Violation? Violation)> EndAsync(Target target, byte[] input)
    {
        try
        {
            return (await target.RunAsync(input).ConfigureAwait(false), null);
        }
        catch (Violation violation)
        {
            return ("violation", violation);
        }
        catch (Exception exception)
        {
            return ("violation", new Violation($"threw {exception.GetType().Name}", exception.ToString()));
        }
    }
}
