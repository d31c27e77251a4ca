using BatchGateway.Runs.Chaos;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests;

/// <summary>The tests, or with the right first word a process that one of them starts, and mostly kills.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [Victim.Word, .. string[] rest] => VictimProgram.RunAsync(rest),
        [ChaosProgram.Word, ..] => ChaosProgram.RunAsync(args),
        _ => MicrosoftTestingPlatformApplication.RunAsync(args),
    };
}
