namespace BatchGateway.Runs.Chaos;

internal static class Program
{
    public static Task<int> Main(string[] args) => ChaosProgram.RunAsync(args);
}
