using System.Text.RegularExpressions;
using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Commands;

public sealed partial class EmulatorCommandTests
{
    [Test]
    public async Task Emulator_AsTheGateway_RunsWhatOtherTerminalsSend()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 25);
        await using ToolProcess emulator = terminal.Start("emulator", "--require-provider", "azure-main", "--key", "k-1", "--api-path", "v1", "--batch-duration", "300ms");
        string told = await emulator.ExpectAsync("It runs until Ctrl+C");
        foreach (Match variable in Export().Matches(told))
            terminal.Environment[variable.Groups[1].Value] = variable.Groups[2].Value;

        ToolRun run = await terminal.RunAsync("run", "lines.jsonl", "--name", "reviews", "--out", "results.jsonl", "--max-lines-per-batch", "10", "--poll", "50ms");
        await emulator.InterruptAsync();
        ToolRun ended = await emulator.EndAsync();

        Assert.Multiple(() =>
        {
            Assert.That(terminal.Environment["BATCHCLIENT_API_PATH"], Is.EqualTo("/v1"));
            Assert.That(terminal.Environment["BATCHCLIENT_PROVIDER"], Is.EqualTo("azure-main"));
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Out, Does.Contain("25: 25 succeeded"));
            Assert.That(ended.ExitCode, Is.Zero, "Ctrl+C is its regular end");
            Assert.That(ended.Err, Does.Contain("3 batches created"));
            Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty, "the other one was asked");
        });
    }

    [Test]
    public async Task Emulator_FailRate_IsTheShareOfLinesThatFail()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 5);
        await using ToolProcess emulator = terminal.Start("emulator", "--fail-rate", "1", "--batch-duration", "50ms");
        foreach (Match variable in Export().Matches(await emulator.ExpectAsync("It runs until Ctrl+C")))
            terminal.Environment[variable.Groups[1].Value] = variable.Groups[2].Value;

        ToolRun run = await terminal.RunAsync("run", "lines.jsonl", "--name", "reviews", "--out", "results.jsonl", "--attempts", "1", "--poll", "50ms", "--json");

        Assert.That((run.ExitCode, run.Json.GetProperty("failed").GetInt64()), Is.EqualTo((1, 5)));
    }

    [Test]
    public async Task Emulator_Json_IsOneDocument()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        await using ToolProcess emulator = terminal.Start("emulator", "--json", "--personality", "documented");
        await emulator.ExpectAsync("It runs until Ctrl+C");
        await emulator.InterruptAsync();
        ToolRun run = await emulator.EndAsync();

        Assert.That(run.Json.GetProperty("url").GetString(), Does.StartWith("http://127.0.0.1:"));
        Assert.That(run.Json.GetProperty("api_key").GetString(), Is.EqualTo("emulator-key"));
        Assert.That(run.Json.GetProperty("api_path").GetString(), Is.EqualTo(BatchGatewayOptions.DefaultApiPath));
    }

    [Test]
    public async Task Emulator_PortThatIsTaken_IsUsage()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync("emulator", "--port", $"{terminal.Emulator.Url.Port}", "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "usage")));
        Assert.That(run.Error("message"), Does.Contain($"{terminal.Emulator.Url.Port} is taken"));
    }

    [TestCase("--personality", "acme")]
    [TestCase("--personality", "1")]
    [TestCase("--fail-rate", "1.5")]
    [TestCase("--fail-rate", "often")]
    [TestCase("--port", "99999")]
    [TestCase("--key", "")]
    [TestCase("--batch-duration", "soon")]
    public async Task Emulator_WrongOption_IsUsage(string option, string value)
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync("emulator", option, value, "--json");

        Assert.That((run.ExitCode, run.Error("kind")), Is.EqualTo((2, "usage")));
    }

    [GeneratedRegex(@"^export (\w+)=(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Export();
}
