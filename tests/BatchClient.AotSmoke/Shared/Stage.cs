namespace BatchGateway.AotSmoke;

/// <summary>What every program here does around its own part: the command line, and the account of its memory.</summary>
internal static class Stage
{
    /// <param name="arguments">
    /// <c>first</c>, or <c>life</c> with the gateway's address, the key and, where it is needed, a folder.
    /// </param>
    /// <param name="first">Gets the first answer from a <see cref="CannedGateway"/>: the status of a batch.</param>
    /// <param name="life">The whole life of a batch; what it returns is how many questions have been answered.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<Task<string>> first, Func<string[], Task<int>> life)
    {
        if (arguments is ["first"])
        {
            Console.WriteLine(await first());
            return 0;
        }

        Console.WriteLine($"answered {await life(arguments[1..])}");
        Console.WriteLine($"peak_kb {PeakKilobytes()}");
        return 0;
    }

    // The kernel's own account, where there is one.
    private static string PeakKilobytes()
    {
        const string name = "VmHWM:";
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)) : null;
        return line?[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim() ?? "0";
    }
}
