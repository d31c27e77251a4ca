using BatchGateway.Cli.Tests.Support;
using BatchGateway.Emulator;

namespace BatchGateway.Cli.Tests.Docs;

public sealed class ConsolePageTests
{
    private const string Accepted = "BATCHCLIENT_ACCEPT_DOCS";

    [Test]
    public async Task Page_EachCommand_ShowsWhatItReallyShows()
    {
        ConsolePage page = new(Path.Combine(ToolProcess.Root, "docs", "console.md"));
        await using Terminal terminal = await Terminal.OpenAsync(options => options.Script = Terminal.Quick
            .Lines(line => line.CustomId == "line-7", EmulatedResponse.Error(400, "invalid_value", "Not this one.")));
        terminal.WriteLines("lines.jsonl", 25);
        bool accepts = Environment.GetEnvironmentVariable(Accepted) == "1";

        foreach ((string command, string expected) in page.Steps)
        {
            string output = (await terminal.ShellAsync(command)).Replace(terminal.PathOf(""), "/home/you", StringComparison.Ordinal);
            if (accepts)
                page.Accept(command, expected, output);
            else
                Assert.That(ConsolePage.Normal(output), Is.EqualTo(ConsolePage.Normal(expected)), $"{command}\nRun this once with {Accepted}=1 to take the new output.");
        }

        if (accepts)
            page.Save();
    }

    [Test]
    public void Page_Steps_AreFound() =>
        Assert.That(new ConsolePage(Path.Combine(ToolProcess.Root, "docs", "console.md")).Steps, Has.Count.GreaterThan(5));
}
