using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests;

/// <summary>The tests, or with the right first word the process that one of them kills.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args is [Victim.Word, .. string[] rest] ? VictimProgram.RunAsync(rest) : MicrosoftTestingPlatformApplication.RunAsync(args);
}
