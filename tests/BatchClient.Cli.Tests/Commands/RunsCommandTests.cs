using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class RunsCommandTests
{
    private static readonly string[] Reviews = ["run", "lines.jsonl", "--name", "reviews", "--out", "results.jsonl", "--max-lines-per-batch", "10", "--poll", "20ms"];

    [Test]
    public async Task Runs_WithoutGatewayOrKey_CanBeSeenAndDeleted()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 25);
        await terminal.RunAsync(Reviews);
        foreach (string name in terminal.Environment.Keys.Where(name => name.StartsWith("BATCHCLIENT_", StringComparison.Ordinal)).ToList())
            terminal.Environment.Remove(name);

        ToolRun list = await terminal.RunAsync("runs", "list", "--json");
        ToolRun listed = await terminal.RunAsync("runs", "list");
        ToolRun show = await terminal.RunAsync("runs", "show", "reviews", "--json");
        ToolRun shown = await terminal.RunAsync("runs", "show", "reviews");
        ToolRun delete = await terminal.RunAsync("runs", "delete", "reviews", "--json");
        ToolRun empty = await terminal.RunAsync("runs", "list");

        Assert.Multiple(() =>
        {
            Assert.That(list.Json[0].GetProperty("name").GetString(), Is.EqualTo("reviews"));
            Assert.That(list.Json[0].GetProperty("succeeded").GetInt64(), Is.EqualTo(25));
            Assert.That(listed.Out, Does.Contain("25 succeeded"));
            Assert.That(show.Json.GetProperty("shards").GetArrayLength(), Is.EqualTo(3));
            Assert.That(show.Json.GetProperty("shards")[2].GetProperty("lines").GetInt64(), Is.EqualTo(5));
            Assert.That(show.Json.GetProperty("shards")[0].GetProperty("batch_status").GetString(), Is.EqualTo("completed"));
            Assert.That(shown.Out, Does.Contain("3: 3 done"));
            Assert.That(delete.Json.GetProperty("deleted").GetBoolean(), Is.True);
            Assert.That(empty.Out, Does.Contain("There are no runs."));
            Assert.That(new[] { list, listed, show, shown, delete, empty }.Select(run => run.ExitCode), Has.All.Zero);
        });
    }

    [Test]
    public async Task RunsList_NothingEverKept_MakesNoFolder()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync("runs", "list", "--state", "state", "--json");

        Assert.That((run.ExitCode, run.Json.GetArrayLength()), Is.EqualTo((0, 0)));
        Assert.That(Directory.Exists(terminal.PathOf("state")), Is.False);
    }

    [TestCase("show")]
    [TestCase("delete")]
    [TestCase("cancel")]
    [TestCase("abandon", "1")]
    [TestCase("attach", "1", "batch_1")]
    public async Task Runs_UnknownName_IsToldWithTheFolder(string command, params string[] more)
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync(["runs", command, "nightly", .. more, "--state", "state", "--json"]);

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "no_run")));
        Assert.That(run.Error("message"), Does.Contain(terminal.PathOf("state")));
    }

    [Test]
    public async Task RunsDelete_BatchesUnderWay_IsRefusedUnlessForced()
    {
        await using Terminal terminal = await InterruptedAsync();

        ToolRun refused = await terminal.RunAsync("runs", "delete", "reviews", "--json");
        ToolRun forced = await terminal.RunAsync("runs", "delete", "reviews", "--force");
        ToolRun list = await terminal.RunAsync("runs", "list", "--json");

        Assert.That((refused.ExitCode, refused.Error("kind"), refused.Error("state")), Is.EqualTo((2, "not_ended", "Nothing was deleted.")));
        Assert.That(refused.Error("next"), Does.Contain("batchclient runs cancel reviews"));
        Assert.That((forced.ExitCode, list.Json.GetArrayLength()), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task RunsAbandon_ShardThatGoesOnByItself_IsRefused()
    {
        await using Terminal terminal = await InterruptedAsync();

        ToolRun run = await terminal.RunAsync("runs", "abandon", "reviews", "1", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error("state"), Does.StartWith("Nothing was changed"));
        Assert.That(run.Out, Does.Not.Contain("Async"));
    }

    [Test]
    public async Task RunsCancel_BatchesUnderWay_EndsThemAndKeepsTheResults()
    {
        await using Terminal terminal = await InterruptedAsync();

        await using ToolProcess tool = terminal.Start("runs", "cancel", "reviews", "--json");
        await tool.ExpectAsync("running");
        while (terminal.Emulator.Ledger.Count("CancelBatch") < 2)
            await Task.Yield();
        terminal.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        ToolRun cancelled = await tool.EndAsync();
        ToolRun results = await terminal.RunAsync(Reviews);

        Assert.That((cancelled.ExitCode, cancelled.Json.GetProperty("status").GetString()), Is.EqualTo((0, "ended")));
        Assert.That(cancelled.Json.GetProperty("cancelled").GetInt64(), Is.EqualTo(20));
        Assert.That(results.ExitCode, Is.EqualTo(1));
        Assert.That(File.ReadAllLines(terminal.PathOf("results.jsonl")), Has.Length.EqualTo(20));
    }

    [Test]
    public async Task Runs_Alone_SaysWhatThereIs()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync("runs", "--json");

        Assert.That((run.ExitCode, run.Error("kind"), run.Error("next")), Is.EqualTo((2, "usage", "See: batchclient runs --help")));
    }

    [TestCase("list")]
    [TestCase("show")]
    [TestCase("attach")]
    [TestCase("abandon")]
    [TestCase("cancel")]
    [TestCase("delete")]
    public async Task Help_OfACommandBelow_HasExamples(string command)
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun help = await terminal.RunAsync("runs", command, "--help");

        Assert.That(help.Out, Does.Contain($"Examples:\n  batchclient runs {command}").And.Contain(".local/share/batchclient/runs"));
    }

    [Test]
    public async Task Runs_MissingArgument_NamesTheWholeCommand()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync("runs", "show", "--json");

        Assert.That((run.ExitCode, run.Error("next")), Is.EqualTo((2, "See: batchclient runs show --help")));
    }

    /// <summary>A run of two batches that was left while both were under way.</summary>
    private static async Task<Terminal> InterruptedAsync()
    {
        Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 20);
        await using ToolProcess tool = terminal.Start(Reviews);
        await tool.ExpectAsync("2 running");
        await tool.InterruptAsync();
        await tool.EndAsync();
        return terminal;
    }
}
