using System.Diagnostics;
using System.Globalization;

namespace BatchGateway.AotSmoke;

/// <summary>A program that run.sh has published.</summary>
internal sealed class PublishedProgram(string folder, string name)
{
    private readonly string _path = Path.Combine(folder, name, $"BatchClient.AotSmoke.{name}");

    /// <summary>Everything that has to be shipped, in bytes: without symbols and documentation.</summary>
    public long Size() => new DirectoryInfo(Path.GetDirectoryName(_path)!).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => file.Extension is not (".dbg" or ".pdb" or ".xml"))
        .Sum(file => file.Length);

    /// <summary>From the start of the process to its first line, in milliseconds.</summary>
    public async Task<double> FirstAnswerAsync()
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Start("first");
        string? answer = await process.StandardOutput.ReadLineAsync();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await EndAsync(process);
        return answer == "completed" ? milliseconds : throw new InvalidOperationException($"{name} got '{answer}' and not the status of its batch.");
    }

    /// <summary>The figures that it prints about the whole life of a batch.</summary>
    public async Task<IReadOnlyDictionary<string, int>> LifeAsync(params string[] arguments)
    {
        using Process process = Start(["life", .. arguments]);
        string output = await process.StandardOutput.ReadToEndAsync();
        await EndAsync(process);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new(_path, arguments) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    private async Task EndAsync(Process process)
    {
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{name} ended with {process.ExitCode}; what it says about it stands above.");
    }
}
