using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class SubmitCommandTests
{
    [Test]
    public async Task Submit_FileOfLines_IsABatchOfThem()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 3);

        ToolRun run = await terminal.RunAsync("submit", "lines.jsonl", "--metadata", "team=search", "--json");
        string id = run.Json.GetProperty("id").GetString()!;
        ToolRun human = await terminal.RunAsync("submit", "lines.jsonl");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Json.GetProperty("object").GetString(), Is.EqualTo("batch"), "the gateway's own object");
            Assert.That(run.Json.GetProperty("metadata").GetProperty("team").GetString(), Is.EqualTo("search"));
            Assert.That(terminal.Emulator.Ledger.BatchesCreated, Does.Contain(id).And.Count.EqualTo(2));
            Assert.That(human.Out, Does.Contain(terminal.Emulator.Ledger.BatchesCreated.Single(other => other != id)));
            Assert.That(human.Err, Does.Contain("batchclient wait batch"));
        });
    }

    [Test]
    public async Task Submit_PromptsFromStandardInput_IsABatch()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunWithInputAsync("How much is 1?\n", "submit", "-", "--prompts", "--model", "gpt-4o-mini", "--json");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Json.GetProperty("endpoint").GetString(), Is.EqualTo("/v1/chat/completions"));
    }

    [TestCase("lines.jsonl")]
    [TestCase("-")]
    public async Task Submit_LineThatIsWrong_SendsNothing(string file)
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 2);
        File.AppendAllText(terminal.PathOf("lines.jsonl"), "{ this is no JSON\n");

        ToolRun run = await terminal.RunWithInputAsync(File.ReadAllText(terminal.PathOf("lines.jsonl")), "submit", file, "--json");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error("kind"), Is.EqualTo("input"));
            Assert.That(run.Error("message"), Does.Contain("Line 3"));
            Assert.That(run.Error("state"), Does.StartWith("Nothing was sent"));
            Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task Submit_FewerLinesThanTheProfileAsks_SendsNothing()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 3);

        ToolRun run = await terminal.RunAsync("submit", "lines.jsonl", "--profile", "bedrock", "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "input")));
        Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task Submit_AnswerLost_FindsTheBatch()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 1);
        terminal.Emulator.OnCreateBatch.LoseAnswer();

        ToolRun run = await terminal.RunAsync("submit", "lines.jsonl", "--json");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Json.GetProperty("id").GetString(), Is.EqualTo(terminal.Emulator.Ledger.BatchesCreated.Single()));
    }

    [Test]
    public async Task Submit_AnswerLostWithoutAList_IsAmbiguous()
    {
        await using Terminal terminal = await Terminal.OpenAsync(options => (options.BatchList, options.Script) = (false, new()));
        terminal.WriteLines("lines.jsonl", 1);
        terminal.Emulator.OnCreateBatch.LoseAnswer();

        ToolRun run = await terminal.RunAsync("submit", "lines.jsonl", "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((4, "ambiguous_create")));
        Assert.That(terminal.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        Assert.That(terminal.Emulator.Ledger.FilesHeld, Has.Count.EqualTo(1), "a batch may need it");
    }

    [Test]
    public async Task Submit_CreateRefused_LeavesNoFileBehind()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 1);
        terminal.Emulator.OnCreateBatch.Answer(400, """{"error":{"message":"No such endpoint."}}""");

        ToolRun run = await terminal.RunAsync("submit", "lines.jsonl", "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((3, "refused")));
        Assert.That(run.Error("message"), Does.Contain("No such endpoint."));
        Assert.That(terminal.Emulator.Ledger.FilesHeld, Is.Empty);
    }
}
