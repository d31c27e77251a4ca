using System.Diagnostics;
using System.Text.Json;

namespace Packages.Tests;

/// <summary>The console tool as "dotnet tool install" puts it on a machine.</summary>
public sealed class ToolTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Test]
    public void Package_IsOfOneFrameworkAndNotTooLarge()
    {
        using Package package = Package.Open("BatchClient.Cli");

        Assert.That(package.Files.Where(file => file.StartsWith("tools/", StringComparison.Ordinal)).Select(file => file.Split('/')[1]).Distinct(), Is.EqualTo(new[] { "net8.0" }));
        Assert.That(package.Files, Does.Contain("README.md").And.Contain("icon.png"));
        Assert.That(new FileInfo(Package.PathOf("BatchClient.Cli")).Length, Is.LessThan(20_000_000), "bytes: most are SQLite, once for each platform");
    }

    [Test]
    public async Task Tool_Alone_ShowsWhereToBegin()
    {
        using Process tool = Start([]);

        Assert.That(await tool.StandardOutput.ReadToEndAsync().WaitAsync(Limit), Does.Contain("batchclient doctor"));
        await tool.WaitForExitAsync().WaitAsync(Limit);
    }

    [Test]
    public async Task Run_AgainstItsOwnEmulator_HasItsResults()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("batchclient-tool-");
        using Process emulator = Start(["emulator", "--batch-duration", "100ms", "--json"]);
        try
        {
            string url = JsonDocument.Parse(await DocumentAsync(emulator.StandardOutput)).RootElement.GetProperty("url").GetString()!;
            string prompts = Path.Combine(folder.FullName, "prompts.txt"), results = Path.Combine(folder.FullName, "results.jsonl");
            await File.WriteAllTextAsync(prompts, "How much is 1?\nAnd 2?\n");

            (int exitCode, JsonDocument summary) = await EndAsync(
                url, "run", prompts, "--prompts", "--model", "gpt-4o-mini", "--name", "r", "--out", results, "--state", Path.Combine(folder.FullName, "state"), "--poll", "50ms", "--json");
            (int listed, JsonDocument batches) = await EndAsync(url, "list", "--json");

            Assert.That((exitCode, listed), Is.EqualTo((0, 0)));
            Assert.That(summary.RootElement.GetProperty("succeeded").GetInt32(), Is.EqualTo(2), "the native part of SQLite is there");
            Assert.That(await File.ReadAllLinesAsync(results), Has.Length.EqualTo(2));
            Assert.That(batches.RootElement.GetArrayLength(), Is.EqualTo(1));
        }
        finally
        {
            emulator.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string[] args, string? url = null)
    {
        ProcessStartInfo start = new(Path.Combine(Package.Repository, "artifacts", "consumer", "tool", "batchclient"), args) { RedirectStandardOutput = true };
        start.Environment["BATCHCLIENT_CONTROL_PLANE_URL"] = url;
        start.Environment["BATCHCLIENT_API_KEY"] = "emulator-key";
        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, JsonDocument Out)> EndAsync(string url, params string[] args)
    {
        using Process tool = Start(args, url);
        string output = await tool.StandardOutput.ReadToEndAsync().WaitAsync(Limit);
        await tool.WaitForExitAsync().WaitAsync(Limit);
        return (tool.ExitCode, JsonDocument.Parse(output));
    }

    /// <summary>The one document of a process that goes on.</summary>
    private static async Task<string> DocumentAsync(StreamReader output)
    {
        string text = "";
        while (await output.ReadLineAsync().WaitAsync(Limit) is { } line)
        {
            text += line + "\n";
            if (line == "}")
                break;
        }

        return text;
    }
}
