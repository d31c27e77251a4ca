using BatchGateway.Cli.Tests.Support;
using BatchGateway.Emulator;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class WaitCommandTests
{
    private const string Poll = "10ms";

    [Test]
    public async Task Wait_UntilTheEnd_IsTheBatchAtItsEnd()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 3);
        string id = await terminal.SubmitAsync("lines.jsonl");

        ToolRun json = await terminal.RunAsync("wait", id, "--poll", Poll, "--json");
        ToolRun human = await terminal.RunAsync("wait", id);

        Assert.Multiple(() =>
        {
            Assert.That((json.ExitCode, human.ExitCode), Is.EqualTo((0, 0)));
            Assert.That(json.Json.GetProperty("status").GetString(), Is.EqualTo("completed"));
            Assert.That(human.Out, Does.Contain("3 of 3 completed, 0 failed"));
            Assert.That(human.Err, Does.Contain($"batchclient results {id} --out"));
        });
    }

    [Test]
    public async Task Wait_NoTerminal_TellsEachChangeInALine()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 4);
        string id = await terminal.SubmitAsync("lines.jsonl");

        await using ToolProcess tool = terminal.Start("wait", id, "--poll", Poll);
        await tool.ExpectAsync($"{id}: validating");
        terminal.Emulator.Clock.Advance(TimeSpan.FromSeconds(62));
        await tool.ExpectAsync($"{id}: in_progress, 2 of 4");
        terminal.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        ToolRun run = await tool.EndAsync();

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Err.Split('\n').Count(line => line.Contains("validating", StringComparison.Ordinal)), Is.EqualTo(1), "only changes are told");
        Assert.That(run.Out, Does.Not.Contain("Waiting"));
    }

    [Test]
    public async Task Wait_BatchThatFails_IsShownWithItsProblem()
    {
        await using Terminal terminal = await Terminal.OpenAsync(options => options.Script = Terminal.Quick.FailsValidation("token_limit_exceeded", "Too many tokens."));
        terminal.WriteLines("lines.jsonl", 1);
        string id = await terminal.SubmitAsync("lines.jsonl");

        ToolRun human = await terminal.RunAsync("wait", id, "--poll", Poll);
        ToolRun json = await terminal.RunAsync("wait", id, "--poll", Poll, "--json");

        Assert.That((human.ExitCode, json.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(human.Out, Does.Contain("Too many tokens."));
        Assert.That(json.Json.GetProperty("status").GetString(), Is.EqualTo("failed"));
    }

    [Test]
    public async Task Wait_LineThatFails_IsNotAllWell()
    {
        await using Terminal terminal = await Terminal.OpenAsync(options => options.Script = Terminal.Quick
            .Lines(line => line.CustomId == "line-2", _ => EmulatedResponse.Error(400, "invalid_value", "No.")));
        terminal.WriteLines("lines.jsonl", 2);
        string id = await terminal.SubmitAsync("lines.jsonl");

        ToolRun run = await terminal.RunAsync("wait", id, "--poll", Poll, "--quiet");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Out, Does.Contain("1 of 2 completed, 1 failed"));
        Assert.That(run.Err, Is.Empty, "quiet");
    }

    [Test]
    public async Task Wait_Deadline_SaysHowToGoOn()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 1);
        string id = await terminal.SubmitAsync("lines.jsonl");

        ToolRun run = await terminal.RunAsync("wait", id, "--poll", Poll, "--deadline", "100ms", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(5));
            Assert.That(run.Error("kind"), Is.EqualTo("wait_timeout"));
            Assert.That(run.Error("state"), Does.Contain("goes on at the gateway"));
            Assert.That(run.Error("next"), Is.EqualTo($"batchclient wait {id} --poll {Poll} --deadline 100ms --json"));
        });
    }

    [TestCase("--json")]
    [TestCase("--no-color")]
    public async Task Wait_Interrupted_SaysWhatGoesOn(string flag)
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 1);
        string id = await terminal.SubmitAsync("lines.jsonl");

        await using ToolProcess tool = terminal.Start("wait", id, flag);
        await tool.ExpectAsync("validating");
        await tool.InterruptAsync();
        ToolRun run = await tool.EndAsync();

        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(run.Err, Does.Contain($"Batch '{id}' goes on at the gateway.").And.Contain($"batchclient wait {id} {flag}"));
        if (flag != "--json")
            return;

        Assert.That(run.Error("kind"), Is.EqualTo("interrupted"));
        Assert.That(run.Error("next"), Is.EqualTo($"batchclient wait {id} --json"));
    }

    [Test]
    public async Task Wait_UnknownId_MayBeNew()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();

        ToolRun run = await terminal.RunAsync("wait", "batch_none", "--poll", Poll, "--deadline", "100ms", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(5), "right after its creation a batch may not be found yet");
        Assert.That(run.Error("message"), Does.Contain("batch_none"));
    }

    [TestCase("--poll", "0s")]
    [TestCase("--poll", "soon")]
    [TestCase("--deadline", "soon")]
    public async Task Wait_WrongDuration_IsUsage(string option, string value)
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync("wait", "batch_1", option, value, "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "usage")));
    }
}
