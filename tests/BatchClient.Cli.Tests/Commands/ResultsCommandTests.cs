using System.Text.Json;
using BatchGateway.Cli.Tests.Support;
using BatchGateway.Emulator;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class ResultsCommandTests
{
    private static Task<Terminal> OpenAsync(EmulatorScript script) => Terminal.OpenAsync(options => options.Script = script);

    private static Dictionary<string, JsonElement> Read(Terminal terminal) => File.ReadLines(terminal.PathOf("results.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(line => line.GetProperty("custom_id").GetString()!);

    [Test]
    public async Task Results_OfBothFiles_AreALineEachInTheFormOfARun()
    {
        await using Terminal terminal = await OpenAsync(Terminal.Quick
            .Lines(line => line.CustomId == "line-2", _ => EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast.")));
        terminal.WriteLines("lines.jsonl", 3);
        string id = await terminal.RunBatchAsync("lines.jsonl");

        ToolRun run = await terminal.RunAsync("results", id, "--out", "results.jsonl", "--json");
        ToolRun human = await terminal.RunAsync("results", id, "--out", "results.jsonl");

        Dictionary<string, JsonElement> lines = Read(terminal);
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, human.ExitCode), Is.EqualTo((1, 1)));
            Assert.That(run.Json.GetProperty("lines").GetInt64(), Is.EqualTo(3));
            Assert.That(run.Json.GetProperty("succeeded").GetInt64(), Is.EqualTo(2));
            Assert.That(run.Json.GetProperty("failed").GetInt64(), Is.EqualTo(1));
            Assert.That(human.Out, Does.Contain("3: 2 succeeded, 1 failed"));
            Assert.That(lines.Keys, Is.EquivalentTo(new[] { "line-1", "line-2", "line-3" }));
            foreach (JsonElement line in lines.Values)
                Assert.That(
                    line.EnumerateObject().Select(member => member.Name),
                    Is.EqualTo(new[] { "custom_id", "outcome", "attempts", "batch_id", "status_code", "response", "error" }));
            Assert.That(lines["line-1"].GetProperty("outcome").GetString(), Is.EqualTo("succeeded"));
            Assert.That(lines["line-1"].GetProperty("response").GetProperty("choices").GetArrayLength(), Is.EqualTo(1));
            Assert.That(lines["line-1"].GetProperty("error").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(lines["line-2"].GetProperty("status_code").GetInt32(), Is.EqualTo(429));
            Assert.That(lines["line-2"].GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("rate_limit_exceeded"));
            Assert.That(lines["line-2"].GetProperty("batch_id").GetString(), Is.EqualTo(id));
        });
    }

    [Test]
    public async Task Results_AllSucceeded_IsAllWell()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 2);
        string id = await terminal.RunBatchAsync("lines.jsonl");

        ToolRun run = await terminal.RunAsync("results", id, "--out", "results.jsonl", "--json");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(Read(terminal).Values.Select(line => line.GetProperty("outcome").GetString()), Has.Exactly(2).EqualTo("succeeded"));
        Assert.That(Directory.GetFiles(terminal.PathOf("."), "*.part"), Is.Empty);
    }

    [Test]
    public async Task Results_InputGone_SayThatLinesCannotBeNamed()
    {
        await using Terminal terminal = await OpenAsync(Terminal.Quick.Lines(line => line.CustomId == "line-3", _ => EmulatedResponse.Vanish));
        terminal.WriteLines("lines.jsonl", 3);
        string id = await terminal.RunBatchAsync("lines.jsonl");
        ToolRun batch = await terminal.RunAsync("get", id, "--json");
        await terminal.RunAsync("delete-file", batch.Json.GetProperty("input_file_id").GetString()!);

        ToolRun run = await terminal.RunAsync("results", id, "--out", "results.jsonl", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Err, Does.Contain("cannot be named"));
            Assert.That(run.Json.GetProperty("lines").GetInt64(), Is.EqualTo(2));
            Assert.That(run.Json.GetProperty("unnamed").GetInt64(), Is.EqualTo(1), "by the batch's own count");
            Assert.That(Read(terminal).Keys, Is.EquivalentTo(new[] { "line-1", "line-2" }));
        });
    }

    [Test]
    public async Task Results_LineWithoutResult_IsLookedForAgainBeforeItIsMissing()
    {
        await using Terminal terminal = await OpenAsync(Terminal.Quick.Lines(line => line.CustomId == "line-2", _ => EmulatedResponse.Vanish));
        terminal.WriteLines("lines.jsonl", 2);
        terminal.Write("results.jsonl", "as before");
        string id = await terminal.RunBatchAsync("lines.jsonl");

        await using ToolProcess tool = terminal.Start("results", id, "--out", "results.jsonl");
        await tool.ExpectAsync("a second look");
        await tool.InterruptAsync();
        ToolRun run = await tool.EndAsync();

        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(File.ReadAllText(terminal.PathOf("results.jsonl")), Is.EqualTo("as before"));
    }

    [Test]
    public async Task Results_BeforeTheEnd_SayHowToWait()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 1);
        string id = await terminal.SubmitAsync("lines.jsonl");

        ToolRun run = await terminal.RunAsync("results", id, "--out", "results.jsonl", "--json");

        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((5, "not_finished")));
            Assert.That(run.Error("next"), Is.EqualTo($"batchclient wait {id}"));
            Assert.That(File.Exists(terminal.PathOf("results.jsonl")), Is.False);
        });
    }

    [Test]
    public async Task Results_OfABatchThatFailed_AreNone()
    {
        await using Terminal terminal = await OpenAsync(Terminal.Quick.FailsValidation("token_limit_exceeded", "Too many tokens."));
        terminal.WriteLines("lines.jsonl", 1);
        string id = await terminal.RunBatchAsync("lines.jsonl");

        ToolRun run = await terminal.RunAsync("results", id, "--out", "results.jsonl", "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((1, "not_completed")));
        Assert.That(run.Error("message"), Does.Contain("Too many tokens."));
    }
}
