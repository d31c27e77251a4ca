using System.Text.Json;
using BatchGateway.Cli.Tests.Support;
using BatchGateway.Emulator;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class BatchCommandsTests
{
    private static readonly EmulatorScript Slow = new() { RunningFor = TimeSpan.FromHours(1) };

    private static Task<Terminal> OpenAsync() => Terminal.OpenAsync(options => (options.Clock, options.Script) = (EmulatorClock.Manual(), Slow));

    private static async Task<string> CreateAsync(Terminal terminal)
    {
        terminal.WriteLines("lines.jsonl", 2);
        string file = await terminal.IdOfAsync("upload", "lines.jsonl");
        return await terminal.IdOfAsync("create", "--input-file-id", file, "--endpoint", "/v1/chat/completions", "--metadata", "team=search", "--metadata", "night=1");
    }

    [Test]
    public async Task Batch_FromCreateToCancel_IsTheGatewaysOwnObject()
    {
        await using Terminal terminal = await OpenAsync();

        string id = await CreateAsync(terminal);
        ToolRun[] runs = await Task.WhenAll(
            terminal.RunAsync("get", id, "--json"),
            terminal.RunAsync("get", id),
            terminal.RunAsync("list", "--json"),
            terminal.RunAsync("list", "--limit", "1"));
        ToolRun cancel = await terminal.RunAsync("cancel", id, "--json");

        Assert.Multiple(() =>
        {
            Assert.That(runs.Append(cancel).Select(run => run.ExitCode), Has.All.Zero);
            Assert.That(runs[0].Json.GetProperty("metadata").GetProperty("night").GetString(), Is.EqualTo("1"));
            Assert.That(runs[0].Json.GetProperty("object").GetString(), Is.EqualTo("batch"));
            Assert.That(runs[1].Out, Does.Contain(id).And.Contain("team=search").And.Contain("/v1/chat/completions"));
            Assert.That(runs[2].Json.EnumerateArray().Single().GetProperty("id").GetString(), Is.EqualTo(id));
            Assert.That(runs[3].Out.Split('\n')[1], Does.StartWith(id));
            Assert.That(cancel.Json.GetProperty("status").GetString(), Is.EqualTo("cancelling"));
        });
    }

    [Test]
    public async Task Get_WithMembersThatNobodyKnows_KeepsThem()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        const string answer = """{"id":"b1","object":"batch","status":"dreaming","x_new":{"deep":[1,2.50]}}""";
        terminal.Emulator.OnGetBatch.Answer(200, answer, times: 2);

        ToolRun json = await terminal.RunAsync("get", "b1", "--json");
        ToolRun human = await terminal.RunAsync("get", "b1");

        Assert.That(json.Out, Is.EqualTo(answer + "\n"), "byte for byte");
        Assert.That(human.Out, Does.Contain("dreaming"));
    }

    [Test]
    public async Task List_MoreThanOnePage_AsksForAsMuchAsIsNeeded()
    {
        await using Terminal terminal = await OpenAsync();
        terminal.Emulator.OnListBatches.Answer(200, Page(hasMore: true, "b1", "b2"), times: 1);
        terminal.Emulator.OnListBatches.Answer(200, Page(hasMore: true, "b3", "b4"), times: 1);

        ToolRun run = await terminal.RunAsync("list", "--limit", "3", "--json");

        Assert.That(run.Json.EnumerateArray().Select(batch => batch.GetProperty("id").GetString()), Is.EqualTo(new[] { "b1", "b2", "b3" }));
        Assert.That(terminal.Emulator.Ledger.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Create_AnswerLost_IsAmbiguous()
    {
        await using Terminal terminal = await OpenAsync();
        terminal.WriteLines("lines.jsonl", 2);
        string file = await terminal.IdOfAsync("upload", "lines.jsonl");
        terminal.Emulator.OnCreateBatch.LoseAnswer(times: 1);

        ToolRun run = await terminal.RunAsync("create", "--input-file-id", file, "--endpoint", "/v1/chat/completions", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(run.Error("kind"), Is.EqualTo("ambiguous_create"));
            Assert.That(run.Error("message"), Does.Contain(file));
            Assert.That(run.Error("state"), Is.EqualTo("Creating it again may pay twice."));
            Assert.That(terminal.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task Get_UnknownId_IsRefusedInThreeLines()
    {
        await using Terminal terminal = await OpenAsync();

        ToolRun run = await terminal.RunAsync("get", "batch_none");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3));
            Assert.That(run.Out, Is.Empty);
            Assert.That(run.Err.TrimEnd().Split('\n').Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "Error", "State", "Next" }));
            Assert.That(run.Err, Does.Contain("batch_none").And.Contain("Nothing was changed.").And.Contain(Terminal.Provider));
        });
    }

    [TestCase("list", "--limit", "0")]
    [TestCase("list", "--limit", "many")]
    [TestCase("list", "--limit")]
    [TestCase("runs", "attach", "reviews", "first", "batch_1")]
    [TestCase("emulator", "--port", "many")]
    [TestCase("create", "--input-file-id", "f")]
    [TestCase("create", "--input-file-id", "f", "--endpoint", "/v1/embeddings", "--metadata", "nothing")]
    [TestCase("get")]
    [TestCase("get", "")]
    [TestCase("create", "--input-file-id", "", "--endpoint", "/v1/embeddings")]
    [TestCase("get", "a", "--request-timeout", "0s")]
    [TestCase("get", "a", "b")]
    [TestCase("get", "a", "--request-timeout", "5")]
    [TestCase("get", "a", "--api-key", "k")]
    [TestCase("fole")]
    [TestCase]
    public async Task WrongUsage_AnyCommand_IsADocument(params string[] args)
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync([.. args, "--json"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error("kind"), Is.EqualTo("usage"));
            Assert.That(run.Error("message"), Is.Not.Empty);
            Assert.That(run.Error("next"), Does.Contain("--help"));
            Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty);
        });
    }

    private static string Page(bool hasMore, params string[] ids) => JsonSerializer.Serialize(new
    {
        @object = "list",
        data = ids.Select(id => new { id, @object = "batch", status = "completed" }),
        first_id = ids[0],
        last_id = ids[^1],
        has_more = hasMore,
    });
}
