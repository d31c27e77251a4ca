using System.Text.Json;
using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class PlanCommandTests
{
    private const string Line = """{"custom_id":"CUSTOM_ID","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini","max_tokens":1000,"messages":[{"role":"user","content":"1"}]}}""";

    private static string LineOf(string customId) => Line.Replace("CUSTOM_ID", customId, StringComparison.Ordinal) + "\n";

    [Test]
    public async Task Plan_GoodLines_SaysWhatTheyBecome_WithoutAGateway()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.Environment.Remove("BATCHCLIENT_API_KEY");
        string path = terminal.Write("lines.jsonl", LineOf("a") + LineOf("b"));
        terminal.Write("prices.json", """{ "gpt-4o-mini": { "inputPerMillion": 0, "outputPerMillion": 300 } }""");

        ToolRun json = await terminal.RunAsync("plan", "lines.jsonl", "--price", "prices.json", "--json");
        ToolRun human = await terminal.RunAsync("plan", "lines.jsonl", "--price", "prices.json");

        Assert.Multiple(() =>
        {
            Assert.That((json.ExitCode, human.ExitCode), Is.EqualTo((0, 0)));
            Assert.That(json.Json.GetProperty("lines").GetInt64(), Is.EqualTo(2));
            Assert.That(json.Json.GetProperty("bytes").GetInt64(), Is.EqualTo(new FileInfo(path).Length));
            Assert.That(json.Json.GetProperty("estimated_tokens").GetInt64(), Is.Positive);
            Assert.That(json.Json.GetProperty("estimated_cost").GetDecimal(), Is.EqualTo(0.6m), "2 times 1,000 tokens out");
            Assert.That(json.Json.GetProperty("batches").GetArrayLength(), Is.EqualTo(1));
            Assert.That(human.Out, Does.Contain("at most about 0.60").And.Contain("gpt-4o-mini").And.Contain("none"));
            Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task Plan_WrongLines_NamesEachByItsNumber()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.Write("lines.jsonl", LineOf("a") + "{ no JSON\n" + LineOf("b") + LineOf("a"));

        ToolRun json = await terminal.RunAsync("plan", "lines.jsonl", "--json");
        ToolRun human = await terminal.RunAsync("plan", "lines.jsonl");

        JsonElement[] problems = [.. json.Json.GetProperty("problems").EnumerateArray()];
        Assert.Multiple(() =>
        {
            Assert.That((json.ExitCode, human.ExitCode), Is.EqualTo((2, 2)));
            Assert.That(problems.Select(problem => problem.GetProperty("line").GetInt64()), Is.EqualTo(new[] { 2L, 4L }));
            Assert.That(problems.Select(problem => problem.GetProperty("code").GetString()), Is.EqualTo(new[] { "invalid_json_line", "duplicate_custom_id" }));
            Assert.That(json.Json.GetProperty("lines").GetInt64(), Is.EqualTo(2));
            Assert.That(human.Out, Does.Contain("Line 2").And.Contain("Line 4"));
        });
    }

    [Test]
    public async Task Plan_MoreThanOneBatch_ShowsEach()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 50_001);

        ToolRun run = await terminal.RunAsync("plan", "lines.jsonl");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Out, Does.Contain("FROM LINE").And.Contain("50,001").And.Contain("50,001 lines without a limit"));
    }

    [TestCase("""{ "gpt-4o-mini": { "inputPerMillion": 1 } }""")]
    [TestCase("""{ "gpt-4o-mini": 1 }""")]
    [TestCase("no JSON")]
    public async Task Plan_PriceFileBroken_IsUsage(string prices)
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 1);
        terminal.Write("prices.json", prices);

        ToolRun run = await terminal.RunAsync("plan", "lines.jsonl", "--price", "prices.json", "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "usage")));
        Assert.That(run.Error("next"), Does.Contain("inputPerMillion"));
    }

    [TestCase("--profile", "acme")]
    [TestCase("--price", "nothing.json")]
    public async Task Plan_WrongOption_IsUsage(string option, string value)
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 1);

        ToolRun run = await terminal.RunAsync("plan", "lines.jsonl", option, value, "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "usage")));
    }
}
