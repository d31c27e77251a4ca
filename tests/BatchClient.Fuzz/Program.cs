namespace BatchGateway.Fuzz;

internal static class Program
{
    public static Task<int> Main(string[] args) => FuzzProgram.RunAsync(args, Console.Out);
}
