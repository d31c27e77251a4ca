namespace BatchGateway.Fuzz;

internal static class Program
{
    /// <summary>Where Linux keeps files in memory: a hundred thousand are made here, flushed, read and deleted.</summary>
    private const string MemoryFolder = "/dev/shm";

    public static Task<int> Main(string[] args)
    {
        if (Directory.Exists(MemoryFolder))
            Environment.SetEnvironmentVariable("TMPDIR", MemoryFolder);
        return FuzzProgram.RunAsync(args, Console.Out);
    }
}
