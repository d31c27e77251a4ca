using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class HelpTests
{
    [Test]
    public async Task Tool_Alone_ShowsWhereToBegin()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun run = await terminal.RunAsync();

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Out, Does.Contain("BATCHCLIENT_CONTROL_PLANE_URL").And.Contain("batchclient --help").And.Contain("settings.json"));
    }

    [Test]
    public async Task Help_OfEveryCommand_HasExamples()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        ToolRun root = await terminal.RunAsync("--help");
        string[] commands = [.. root.Out.Split("Commands:")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim().Split(' ')[0])];

        ToolRun[] helps = await Task.WhenAll(commands.Select(command => terminal.RunAsync(command, "--help")));

        Assert.Multiple(() =>
        {
            Assert.That(commands, Does.Contain("upload").And.Contain("cancel"));
            Assert.That(helps.Select(help => help.ExitCode), Has.All.Zero);
            Assert.That(helps.Select(help => help.Out), Has.None.Contains("{ "), "a default is a word, not an object of the tool's");
            Assert.That(helps.Zip(commands), Has.All.Matches<(ToolRun Help, string Command)>(one => one.Help.Out.Contains($"Examples:\n  batchclient {one.Command}", StringComparison.Ordinal)));
        });
    }
}
