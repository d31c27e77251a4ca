using BatchGateway.Runs.Chaos;
using BatchGateway.Runs.Tests.Support;

// Of the matrix alone, which waits as much as it works; nothing else here runs beside anything.
[assembly: LevelOfParallelism(4)]

namespace BatchGateway.Runs.Tests.Chaos;

/// <summary>Rounds of the matrix with child processes that are this very program.</summary>
internal static class CrashMatrix
{
    public static async Task<RoundReport> RunAsync(RoundSettings settings)
    {
        Victim.RequireOwnProgram();
        RoundReport report = await new Round(settings).RunAsync();
        Table.Print(TestContext.Out, report);
        return report;
    }
}
