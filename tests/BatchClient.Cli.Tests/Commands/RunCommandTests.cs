using BatchGateway.Cli.Tests.Support;
using BatchGateway.Emulator;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class RunCommandTests
{
    private static readonly string[] Reviews = ["run", "lines.jsonl", "--name", "reviews", "--out", "results.jsonl", "--max-lines-per-batch", "10", "--poll", "20ms"];

    [Test]
    public async Task Run_ToItsEnd_WritesOneResultForEachLine()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 25);
        terminal.Write("prices.json", """{ "gpt-4o-mini": { "inputPerMillion": 1000, "outputPerMillion": 1000 } }""");

        ToolRun run = await terminal.RunAsync([.. Reviews, "--price", "prices.json", "--json"]);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.Multiple(() =>
        {
            Assert.That(run.Json.GetProperty("name").GetString(), Is.EqualTo("reviews"));
            Assert.That(run.Json.GetProperty("status").GetString(), Is.EqualTo("ended"));
            Assert.That(run.Json.GetProperty("lines").GetInt64(), Is.EqualTo(25));
            Assert.That(run.Json.GetProperty("succeeded").GetInt64(), Is.EqualTo(25));
            Assert.That(run.Json.GetProperty("batches").GetInt32(), Is.EqualTo(3));
            Assert.That(run.Json.GetProperty("cost").GetDecimal(), Is.Positive);
            Assert.That(run.Json.GetProperty("path").GetString(), Is.EqualTo(terminal.PathOf("results.jsonl")));
            Assert.That(IdsOf(terminal), Is.EqualTo(Enumerable.Range(1, 25).Select(i => $"line-{i}")));
        });
    }

    [Test]
    public async Task Run_SameCommandAgain_AsksNobodyAndTellsTheSame()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 25);
        ToolRun first = await terminal.RunAsync([.. Reviews, "--json"]);
        int requests = terminal.Emulator.Ledger.Requests.Count;
        File.Delete(terminal.PathOf("results.jsonl"));

        ToolRun again = await terminal.RunAsync([.. Reviews, "--json"]);

        Assert.That((again.ExitCode, again.Out), Is.EqualTo((0, first.Out)));
        Assert.That(terminal.Emulator.Ledger.Requests, Has.Count.EqualTo(requests));
        Assert.That(IdsOf(terminal), Has.Length.EqualTo(25));
    }

    [Test]
    public async Task Run_Interrupted_SaysWhatGoesOnAndIsResumedByTheCommandThatItPrints()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("my lines.jsonl", 25);
        string[] command = ["run", "my lines.jsonl", "--name", "it's mine", "--out", "results.jsonl", "--max-lines-per-batch", "10", "--poll", "20ms"];

        await using ToolProcess tool = terminal.Start(command);
        await tool.ExpectAsync("3 running");
        await tool.InterruptAsync();
        ToolRun left = await tool.EndAsync();
        terminal.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        ToolRun resumed = await terminal.RunAsync(command);

        Assert.Multiple(() =>
        {
            Assert.That(left.ExitCode, Is.EqualTo(130));
            Assert.That(left.Err, Does.Contain("Stopping").And.Contain("3 batches go on at the gateway. 0 of 25 lines have an outcome"));
            Assert.That(left.Err, Does.Contain(@"batchclient run 'my lines.jsonl' --name 'it'\''s mine' --out results.jsonl --max-lines-per-batch 10 --poll 20ms"));
            Assert.That(left.Out, Is.Empty);
            Assert.That(resumed.ExitCode, Is.Zero);
            Assert.That(resumed.Out, Does.Contain("25: 25 succeeded"));
            Assert.That(terminal.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(3));
            Assert.That(terminal.Emulator.Ledger.LinesBilled.Values, Has.Exactly(25).EqualTo(1));
        });
    }

    [Test]
    public async Task Run_InterruptedUnderJson_IsAnErrorDocument()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 10);

        await using ToolProcess tool = terminal.Start([.. Reviews, "--json"]);
        await tool.ExpectAsync("1 running");
        await tool.InterruptAsync();
        ToolRun run = await tool.EndAsync();

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((130, "interrupted")));
        Assert.That(run.Error("message"), Is.EqualTo("'batchclient run' was interrupted."));
        Assert.That(run.Error("state"), Does.StartWith("One batch goes on at the gateway."));
        Assert.That(run.Error("next"), Is.EqualTo($"batchclient {string.Join(' ', Reviews)} --json"));
    }

    [Test]
    public async Task Run_Killed_GoesOnWithTheBatchesThatThereAre()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 25);

        await using ToolProcess tool = terminal.Start(Reviews);
        await tool.ExpectAsync("3 running");
        tool.Kill();
        await tool.EndAsync();
        terminal.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        ToolRun resumed = await terminal.RunAsync(Reviews);

        Assert.That(resumed.ExitCode, Is.Zero);
        Assert.That(terminal.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(3));
        Assert.That(terminal.Emulator.Ledger.LinesBilled.Values, Has.Exactly(25).EqualTo(1));
    }

    [Test]
    public async Task Run_SomeLinesFail_IsFinishedAndNotAllWell()
    {
        await using Terminal terminal = await Terminal.OpenAsync(options => options.Script = Terminal.Quick
            .Lines(line => line.CustomId == "line-7", EmulatedResponse.Error(400, "invalid_value", "No.")));
        terminal.WriteLines("lines.jsonl", 25);

        ToolRun run = await terminal.RunAsync(Reviews);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Out, Does.Contain("25: 24 succeeded, 1 failed"));
        Assert.That(File.ReadAllLines(terminal.PathOf("results.jsonl"))[6], Does.Contain("\"outcome\":\"failed\"").And.Contain("No."));
    }

    [Test]
    public async Task Run_Attempts_AreTheMostThatALineIsSent()
    {
        await using Terminal terminal = await Terminal.OpenAsync(options => options.Script = Terminal.Quick
            .Lines(_ => true, EmulatedResponse.Error(500, "server_error", "No.")));
        terminal.WriteLines("lines.jsonl", 5);

        ToolRun run = await terminal.RunAsync([.. Reviews, "--attempts", "2"]);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(terminal.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Run_AmbiguousCreate_WaitsForADecisionAndIsAttached()
    {
        await using Terminal terminal = await OpenWithALostCreateAsync();

        ToolRun run = await terminal.RunAsync([.. Reviews, "--json"]);
        string batch = terminal.Emulator.Ledger.BatchesCreated[0];
        ToolRun attached = await terminal.RunAsync("runs", "attach", "reviews", "1", batch, "--json");
        ToolRun again = await terminal.RunAsync(Reviews);

        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((4, "ambiguous_create")));
            Assert.That(run.Error("message"), Does.StartWith("Shard 1 of run 'reviews': ").And.Not.Contain("Async"));
            Assert.That(run.Error("next"), Does.Contain("batchclient runs attach reviews 1 BATCH_ID").And.Contain("batchclient runs abandon reviews 1")
                .And.EndWith($"batchclient {string.Join(' ', Reviews)} --json"));
            Assert.That(IdsOf(terminal), Has.Length.EqualTo(10));
            Assert.That(attached.ExitCode, Is.Zero);
            Assert.That(attached.Json.GetProperty("shards")[0].GetProperty("batch_id").GetString(), Is.EqualTo(batch));
            Assert.That(again.ExitCode, Is.Zero);
            Assert.That(terminal.Emulator.Ledger.LinesBilled.Values, Has.Exactly(10).EqualTo(1));
        });
    }

    [Test]
    public async Task Run_AmbiguousCreateThatIsAbandoned_EndsWithoutItsLines()
    {
        await using Terminal terminal = await OpenWithALostCreateAsync();
        ToolRun run = await terminal.RunAsync(Reviews);

        ToolRun wrong = await terminal.RunAsync("runs", "attach", "reviews", "1", "batch_none", "--json");
        ToolRun noShard = await terminal.RunAsync("runs", "abandon", "reviews", "9", "--json");
        ToolRun abandoned = await terminal.RunAsync("runs", "abandon", "reviews", "1");
        ToolRun again = await terminal.RunAsync([.. Reviews, "--json"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(wrong.ExitCode, Is.EqualTo(3), "the gateway knows no such batch");
            Assert.That((noShard.ExitCode, noShard.Error("state")), Is.EqualTo((2, "Nothing was changed.")));
            Assert.That(abandoned.ExitCode, Is.Zero);
            Assert.That(abandoned.Out, Does.Contain("given up"));
            Assert.That(again.ExitCode, Is.EqualTo(1));
            Assert.That(again.Json.GetProperty("missing").GetInt64(), Is.EqualTo(10));
            Assert.That(terminal.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task Run_GatewayAway_IsToldAtOnce()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 10);
        await terminal.Emulator.DisposeAsync();

        ToolRun run = await terminal.RunAsync([.. Reviews, "--json"]);

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((3, "unreachable")));
        Assert.That(run.Error("state"), Is.EqualTo("Nothing was sent."));
        Assert.That(run.Error("next"), Does.Contain("batchclient doctor").And.EndWith($"batchclient {string.Join(' ', Reviews)} --json"));
    }

    [Test]
    public async Task Run_WrongKey_IsToldAtOnce()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 10);
        terminal.Environment["BATCHCLIENT_API_KEY"] = "sk-of-yesterday";

        ToolRun run = await terminal.RunAsync([.. Reviews, "--json"]);

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((3, "refused")));
        Assert.That(run.Out + run.Err, Does.Not.Contain("sk-of-yesterday"));
    }

    [Test]
    public async Task Run_UploadsRefused_StopsAndIsResumed()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 10);
        terminal.Emulator.OnUploadFile.Answer(403);

        ToolRun stopped = await terminal.RunAsync([.. Reviews, "--json"]);
        ToolRun resumed = await terminal.RunAsync(Reviews);

        Assert.That((stopped.ExitCode, stopped.Error("kind")), Is.EqualTo((3, "run_stopped")));
        Assert.That(stopped.Error("state"), Does.StartWith("0 of its 10 lines have an outcome"));
        Assert.That(stopped.Error("next"), Does.EndWith($"batchclient {string.Join(' ', Reviews)} --json"));
        Assert.That(resumed.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Run_ResultsCannotBeWritten_IsUnfinishedAndLosesNothing()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 10);
        await using ToolProcess tool = terminal.Start([.. Reviews, "--json"]);
        await tool.ExpectAsync("1 running");

        Directory.CreateDirectory(terminal.PathOf("results.jsonl"));
        terminal.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        ToolRun run = await tool.EndAsync();
        Directory.Delete(terminal.PathOf("results.jsonl"));
        ToolRun again = await terminal.RunAsync(Reviews);

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((5, "local_file")));
        Assert.That((again.ExitCode, IdsOf(terminal).Length), Is.EqualTo((0, 10)));
        Assert.That(terminal.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Run_StateFolderInUse_CanBeTriedLater()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 10);
        await using ToolProcess tool = terminal.Start(Reviews);
        await tool.ExpectAsync("1 running");

        ToolRun second = await terminal.RunAsync([.. Reviews, "--json"]);
        ToolRun elsewhere = await terminal.RunAsync("runs", "list", "--state", "other", "--json");

        Assert.That((second.ExitCode, second.Error("kind")), Is.EqualTo((5, "state")));
        Assert.That(second.Error("message"), Does.Contain("is in use by"));
        Assert.That((elsewhere.ExitCode, elsewhere.Json.GetArrayLength()), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Run_OtherLinesUnderTheSameName_AreRefused()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 10);
        await terminal.RunAsync(Reviews);
        terminal.WriteLines("lines.jsonl", 11);

        ToolRun run = await terminal.RunAsync([.. Reviews, "--json"]);

        Assert.That((run.ExitCode, run.Error("kind"), run.Error("state")), Is.EqualTo((2, "run_conflict", "Nothing was sent.")));
        Assert.That(run.Error("message"), Does.Contain("line 11 is the first that differs"));
        Assert.That(run.Error("next"), Does.Contain("batchclient runs delete reviews").And.Not.Contain("Async"));
    }

    [Test]
    public async Task Run_OtherSettings_AreNotedAndNotTaken()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 10);
        await terminal.RunAsync(Reviews);

        ToolRun run = await terminal.RunAsync([.. Reviews, "--attempts", "7"]);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Err, Does.Contain("MaxAttempts"));
    }

    [Test]
    public async Task Run_BadLine_SendsNothingAndKeepsNoRun()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.Write("lines.jsonl", "{ \"custom_id\": 7");

        ToolRun run = await terminal.RunAsync([.. Reviews, "--json"]);
        ToolRun list = await terminal.RunAsync("runs", "list", "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "input")));
        Assert.That(list.Json.GetArrayLength(), Is.Zero);
        Assert.That(terminal.Emulator.Ledger.Count("UploadFile"), Is.Zero);
    }

    [Test]
    public async Task Run_PromptsFromStandardInput_AreRun()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunWithInputAsync("How much is 1?\n\nAnd 2?\n", "run", "-", "--prompts", "--model", "gpt-4o-mini", "--name", "p", "--out", "r.jsonl", "--poll", "20ms");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(terminal.PathOf("r.jsonl")), Does.Contain("line-1").And.Contain("line-3").And.Contain("And 2?"));
    }

    [TestCase("--name", " ")]
    [TestCase("--max-lines-per-batch", "0")]
    [TestCase("--max-in-flight", "-1")]
    [TestCase("--attempts", "many")]
    [TestCase("--poll", "0s")]
    [TestCase("--profile", "acme")]
    [TestCase("--out", "nowhere/results.jsonl")]
    public async Task Run_WrongOption_IsUsage(string option, string value)
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 10);
        Dictionary<string, string> options = new() { ["--name"] = "reviews", ["--out"] = "results.jsonl", [option] = value };

        ToolRun run = await terminal.RunAsync(["run", "lines.jsonl", "--json", .. options.SelectMany(pair => new[] { pair.Key, pair.Value })]);

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "usage")));
        Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty);
    }

    /// <summary>A gateway that cannot list, and a run that was killed before it had the answer to its create.</summary>
    private static async Task<Terminal> OpenWithALostCreateAsync()
    {
        Terminal terminal = await Terminal.OpenAsync(options => options.Personality = EmulatorPersonality.Documented);
        terminal.WriteLines("lines.jsonl", 10);
        terminal.Emulator.OnCreateBatch.Hang();
        await using ToolProcess tool = terminal.Start(Reviews);
        while (!terminal.Emulator.Ledger.Requests.Any(request => request.Hung))
            await Task.Yield();
        tool.Kill();
        await tool.EndAsync();
        return terminal;
    }

    private static string[] IdsOf(Terminal terminal) =>
        [.. File.ReadAllLines(terminal.PathOf("results.jsonl")).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("custom_id").GetString()!)];
}
