using System.Text.RegularExpressions;
using BatchGateway.Fuzz;
using BatchGateway.Tests.Wire;

namespace BatchGateway.Tests.Fuzz;

/// <summary>The fuzzer can fail: it finds a bug that was put there for it, says how to see it again, and makes the input small.</summary>
public sealed class FuzzProgramTests
{
    [Test]
    public async Task Run_PlantedBug_IsFoundAndMinimised()
    {
        using TemporaryFolder folder = new();
        using StringWriter output = new();

        int code = await FuzzProgram.RunAsync(["--only", "planted", "--cases", "5000", "--seed", "1", "--out", folder.PathOf("found")], output);

        string text = output.ToString();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Does.Contain("VIOLATION (planted)"));
        string input = Directory.EnumerateFiles(folder.PathOf("found")).Single();
        Assert.That(new FileInfo(input).Length, Is.LessThan(60));
        Assert.That(await RunAsync("--replay", input), Is.EqualTo(1));
        string number = Regex.Match(text, "--replay (\\d+)").Groups[1].Value;
        Assert.That(await RunAsync("--only", "planted", "--seed", "1", "--replay", number), Is.EqualTo(1));
    }

    [Test]
    public async Task Run_SameSeed_SameCases()
    {
        using StringWriter first = new(), second = new();

        await FuzzProgram.RunAsync(["--only", "batches", "--seed", "7", "--replay", "42"], first);
        await FuzzProgram.RunAsync(["--only", "batches", "--seed", "7", "--replay", "42"], second);

        Assert.That(second.ToString(), Is.EqualTo(first.ToString()));
    }

    [TestCase("--cases")]
    [TestCase("--cases", "many")]
    [TestCase("--cases", "0")]
    [TestCase("--workers", "-1")]
    [TestCase("--what", "1")]
    public async Task Run_WordsThatMakeNoSense_AreRefused(params string[] words) => Assert.That(await RunAsync(words), Is.EqualTo(2));

    private static async Task<int> RunAsync(params string[] words)
    {
        using StringWriter output = new();
        return await FuzzProgram.RunAsync(words, output);
    }
}
