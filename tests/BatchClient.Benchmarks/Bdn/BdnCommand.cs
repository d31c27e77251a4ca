using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace BatchGateway.Benchmarks.Bdn;

/// <summary>The same pairs under BenchmarkDotNet, and the OpenAI package beside them.</summary>
internal static class BdnCommand
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        // In this process: the project that BenchmarkDotNet would write and build stands below this folder and inherits what the tests share.
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
        BenchmarkSwitcher.FromAssembly(typeof(BdnCommand).Assembly).Run([.. arguments], config);
        return 0;
    }
}
