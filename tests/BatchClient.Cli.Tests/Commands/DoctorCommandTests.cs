using System.Text.Json;
using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class DoctorCommandTests
{
    private static readonly string[] Names =
    [
        "reachable", "authentication", "batch list", "file list", "provider header", "file upload", "file name", "ranges", "batch create", "batch cancel", "metadata", "file delete",
    ];

    private static Dictionary<string, JsonElement> Checks(ToolRun run) =>
        run.Json.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);

    private static string?[] Answers(ToolRun run) => [.. Checks(run).Values.Select(check => check.GetProperty("answer").GetString())];

    [Test]
    public async Task Doctor_GoodGateway_AsksEverythingThatCostsNothing()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun json = await terminal.RunAsync("doctor", "--json", "--header", "x-team=hidden-value");
        ToolRun human = await terminal.RunAsync("doctor", "--header", "x-team=hidden-value");

        Dictionary<string, JsonElement> checks = Checks(json);
        Assert.Multiple(() =>
        {
            Assert.That((json.ExitCode, human.ExitCode), Is.EqualTo((0, 0)));
            Assert.That(checks.Keys, Is.EqualTo(Names));
            Assert.That(checks.Values.Where(check => check.GetProperty("answer").GetString() != "ok").Select(check => check.GetProperty("name").GetString()), Is.EqualTo(new[] { "batch create", "batch cancel", "metadata" }));
            Assert.That(checks["file upload"].GetProperty("status").GetInt32(), Is.EqualTo(200));
            Assert.That(checks["file upload"].GetProperty("milliseconds").GetDouble(), Is.Not.Negative);
            Assert.That(checks["ranges"].GetProperty("status").GetInt32(), Is.EqualTo(206));
            Assert.That(checks["provider header"].GetProperty("detail").GetString(), Does.Contain("is refused"));
            Assert.That(json.Json.GetProperty("gateway").GetString(), Is.EqualTo(terminal.Emulator.Url.AbsoluteUri));
            Assert.That(json.Json.GetProperty("headers")[0].GetString(), Is.EqualTo("x-team"));
            Assert.That(human.Out, Does.Contain("batchclient 0.").And.Contain(".NET").And.Contain("not asked").And.Contain("206"));
            Assert.That(json.Out + json.Err + human.Out + human.Err, Does.Not.Contain(Terminal.Key).And.Not.Contain("hidden-value"));
            Assert.That(terminal.Emulator.Ledger.FilesHeld, Is.Empty, "the file is deleted");
            Assert.That(terminal.Emulator.Ledger.BatchesCreated, Is.Empty);
        });
    }

    [Test]
    public async Task Doctor_WithCreate_CancelsItsBatchAtOnce()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();

        ToolRun run = await terminal.RunAsync("doctor", "--create", "--json");
        ToolRun batch = await terminal.RunAsync("get", terminal.Emulator.Ledger.BatchesCreated.Single(), "--json");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(Answers(run), Has.All.EqualTo("ok"));
            Assert.That(batch.Json.GetProperty("status").GetString(), Does.StartWith("cancel"));
            Assert.That(terminal.Emulator.Ledger.FilesHeld, Is.Empty);
        });
    }

    [Test]
    public async Task Doctor_PoorGateway_SaysWhatItCannotDo()
    {
        await using Terminal terminal = await Terminal.OpenAsync(options =>
            (options.BatchList, options.FileList, options.Ranges, options.Cancel, options.UnsupportedStatus) = (false, false, false, false, 405));

        ToolRun run = await terminal.RunAsync("doctor", "--create", "--json");

        Dictionary<string, JsonElement> checks = Checks(run);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, "what a gateway does not have is no failure");
            foreach (string name in new[] { "batch list", "file list", "ranges", "batch cancel" })
                Assert.That(checks[name].GetProperty("answer").GetString(), Is.EqualTo("no"), name);
            foreach (string name in new[] { "reachable", "authentication", "file upload", "batch create" })
                Assert.That(checks[name].GetProperty("answer").GetString(), Is.EqualTo("ok"), name);
            Assert.That(checks["provider header"].GetProperty("answer").GetString(), Is.EqualTo("not_asked"));
            Assert.That(checks["file delete"].GetProperty("answer").GetString(), Is.EqualTo("not_asked"), "the batch that could not be cancelled needs it");
        });
    }

    [Test]
    public async Task Doctor_WrongKey_GoesOnAndIsRefused()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.Environment["BATCHCLIENT_API_KEY"] = "sk-some-other-key";

        ToolRun run = await terminal.RunAsync("doctor", "--json");

        Dictionary<string, JsonElement> checks = Checks(run);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3));
            Assert.That(checks.Keys, Is.EqualTo(Names), "each is told");
            Assert.That(checks["reachable"].GetProperty("answer").GetString(), Is.EqualTo("ok"));
            Assert.That(checks["authentication"].GetProperty("answer").GetString(), Is.EqualTo("no"));
            Assert.That(checks["file upload"].GetProperty("status").GetInt32(), Is.EqualTo(401));
            Assert.That(run.Out + run.Err, Does.Not.Contain("sk-some-other-key"));
        });
    }

    [Test]
    public async Task Doctor_WrongPath_IsRefused()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync("doctor", "--api-path", "/nowhere", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(3), "a gateway that takes no files is none");
        Assert.That(Checks(run)["authentication"].GetProperty("answer").GetString(), Is.EqualTo("not_asked"));
    }

    [Test]
    public async Task Doctor_NobodyThere_SaysSo()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        await terminal.Emulator.DisposeAsync();

        ToolRun run = await terminal.RunAsync("doctor", "--create", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(Answers(run), Has.None.EqualTo("ok"));
        Assert.That(Checks(run).Keys, Is.EqualTo(Names));
    }

    [Test]
    public async Task Doctor_AnswerOfTheCreateLost_IsAmbiguousAndKeepsTheFile()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.Emulator.OnCreateBatch.LoseAnswer();

        ToolRun run = await terminal.RunAsync("doctor", "--create", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(4));
        Assert.That(terminal.Emulator.Ledger.FilesHeld, Has.Count.EqualTo(1));
        Assert.That(Checks(run)["batch cancel"].GetProperty("answer").GetString(), Is.EqualTo("not_asked"));
    }

    [Test]
    public async Task Doctor_Interrupted_StillDeletesItsFile()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.Emulator.OnFileContent.Hang();

        await using ToolProcess tool = terminal.Start("doctor", "--verbose", "--json");
        await tool.ExpectAsync("/content");
        await tool.InterruptAsync();
        ToolRun run = await tool.EndAsync();

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((130, "interrupted")));
        Assert.That(terminal.Emulator.Ledger.FilesHeld, Is.Empty);
    }

    [Test]
    public async Task Doctor_NoSettings_IsUsage()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.Environment.Remove("BATCHCLIENT_CONTROL_PLANE_URL");

        ToolRun run = await terminal.RunAsync("doctor", "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "settings")));
    }
}
