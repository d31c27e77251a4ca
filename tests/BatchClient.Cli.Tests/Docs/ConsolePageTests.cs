using BatchGateway.Cli.Tests.Support;
using BatchGateway.Emulator;

namespace BatchGateway.Cli.Tests.Docs;

public sealed class ConsolePageTests
{
    private const string Accepted = "BATCHCLIENT_ACCEPT_DOCS";

    /// <summary>A new batch is still being validated, as at any gateway, and has ended when it is looked at first.</summary>
    private static readonly EmulatorScript Short = new() { ValidatingFor = TimeSpan.FromSeconds(0.5), RunningFor = TimeSpan.FromSeconds(0.5), FinalizingFor = TimeSpan.Zero };

    [Test]
    public async Task Page_EachCommand_ShowsWhatItReallyShows()
    {
        ConsolePage page = new(Path.Combine(ToolProcess.Root, "docs", "console.md"));
        await using Terminal terminal = await Terminal.OpenAsync(options => (options.Clock, options.Script) = (EmulatorClock.RealTime(), Short
            .Lines(line => line.CustomId == "line-7", EmulatedResponse.Error(400, "invalid_value", "Not this one."))));
        terminal.WriteLines("lines.jsonl", 25);
        bool accepts = Environment.GetEnvironmentVariable(Accepted) == "1";

        foreach ((string command, string expected) in page.Steps)
        {
            string shown = await terminal.ShellAsync(page.Real(command));
            foreach (string place in (string[])["home", ""])
                shown = shown.Replace(terminal.PathOf(place), "/home/you", StringComparison.Ordinal);
            string output = page.OfPage(expected, shown);
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
