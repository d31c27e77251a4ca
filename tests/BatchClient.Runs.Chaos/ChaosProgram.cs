using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Chaos;

/// <summary>The crash matrix, or with the right first word one of the processes that it consists of.</summary>
internal static class ChaosProgram
{
    /// <summary>What a program that has the matrix inside puts in front of the words of its child processes.</summary>
    public const string Word = "chaos";

    public const string Gateway = "gateway";
    public const string Worker = "worker";

    public static Task<int> RunAsync(string[] args) => args switch
    {
        [Word, .. string[] rest] => RunAsync(rest),
        [Gateway, var settings] => GatewayMode.RunAsync(Words.Read<GatewaySettings>(settings)),
        [Worker, var settings] => WorkerMode.RunAsync(Words.Read<WorkerSettings>(settings)),
        _ => MatrixMode.RunAsync(args),
    };
}
