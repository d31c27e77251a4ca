using System.Text.Json;
using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Commands;

public sealed class FileCommandsTests
{
    [Test]
    public async Task Files_FromUploadToDeletion_AreWhatTheGatewayHolds()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        string path = terminal.WriteLines("lines.jsonl", 3);

        ToolRun upload = await terminal.RunAsync("upload", "lines.jsonl", "--json");
        string id = upload.Json.GetProperty("id").GetString()!;
        ToolRun[] runs = await Task.WhenAll(
            terminal.RunAsync("files", "--json"),
            terminal.RunAsync("files", "--purpose", "batch"),
            terminal.RunAsync("download", id, "--out", "back.jsonl", "--json"));
        ToolRun deleted = await terminal.RunAsync("delete-file", id, "--json");
        ToolRun none = await terminal.RunAsync("files");

        Assert.Multiple(() =>
        {
            Assert.That(runs.Append(upload).Append(deleted).Append(none).Select(run => run.ExitCode), Has.All.Zero);
            Assert.That(upload.Json.GetProperty("filename").GetString(), Is.EqualTo("lines.jsonl"));
            Assert.That(runs[0].Json.EnumerateArray().Select(file => file.GetProperty("id").GetString()), Is.EqualTo(new[] { id }));
            Assert.That(runs[1].Out, Does.Contain(id).And.Contain("lines.jsonl"));
            Assert.That(runs[2].Json.GetProperty("bytes").GetInt64(), Is.EqualTo(new FileInfo(path).Length));
            Assert.That(File.ReadAllText(terminal.PathOf("back.jsonl")), Is.EqualTo(File.ReadAllText(path)));
            Assert.That(deleted.Json.GetProperty("deleted").GetBoolean(), Is.True);
            Assert.That(none.Out, Does.StartWith("There are no files."));
            Assert.That(terminal.Emulator.Ledger.FilesHeld, Is.Empty);
        });
    }

    [Test]
    public async Task Upload_OfPromptsFromStandardInput_SendsAChatLineEach()
    {
        await using Terminal terminal = await Terminal.OpenAsync();

        ToolRun upload = await terminal.RunWithInputAsync("How much is 1?\n\nHow much is 3?\n", "upload", "-", "--prompts", "--model", "gpt-4o-mini", "--system", "Be brief.", "--json");
        await terminal.RunAsync("download", upload.Json.GetProperty("id").GetString()!, "--out", "sent.jsonl");

        JsonElement[] lines = [.. File.ReadLines(terminal.PathOf("sent.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Multiple(() =>
        {
            Assert.That(lines.Select(line => line.GetProperty("custom_id").GetString()), Is.EqualTo(new[] { "line-1", "line-3" }));
            Assert.That(lines[1].GetProperty("body").GetProperty("messages")[0].GetProperty("content").GetString(), Is.EqualTo("Be brief."));
            Assert.That(lines[1].GetProperty("body").GetProperty("messages")[1].GetProperty("content").GetString(), Is.EqualTo("How much is 3?"));
        });
    }

    [Test]
    public async Task Download_Interrupted_LeavesWhatStoodThere()
    {
        await using Terminal terminal = await Terminal.OpenStillAsync();
        terminal.WriteLines("lines.jsonl", 2_000);
        terminal.Write("back.jsonl", "as before");
        string id = await terminal.IdOfAsync("upload", "lines.jsonl");
        // On a clock that stands still, the second piece never comes.
        terminal.Emulator.OnFileContent.SlowBody(TimeSpan.FromMilliseconds(50));

        await using ToolProcess tool = terminal.Start("download", id, "--out", "back.jsonl", "--verbose", "--json");
        await tool.ExpectAsync("< 200");
        await tool.InterruptAsync();
        ToolRun run = await tool.EndAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(130));
            Assert.That(run.Error("kind"), Is.EqualTo("interrupted"));
            Assert.That(run.Error("next"), Is.EqualTo("Run the same command again."));
            Assert.That(File.ReadAllText(terminal.PathOf("back.jsonl")), Is.EqualTo("as before"));
        });
    }

    [TestCase("upload", "nothing.jsonl")]
    [TestCase("upload", ".")]
    [TestCase("upload", "lines.jsonl", "--prompts")]
    [TestCase("upload", "lines.jsonl", "--model", "gpt-4o-mini")]
    [TestCase("download", "file-1", "--out", ".")]
    [TestCase("download", "file-1", "--out", "nowhere/back.jsonl")]
    [TestCase("download", "file-1")]
    public async Task BadInput_AnyFileCommand_SendsNothing(params string[] args)
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 1);

        ToolRun run = await terminal.RunAsync([.. args, "--json"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error("kind"), Is.EqualTo("usage"));
            Assert.That(run.Error("state"), Is.EqualTo("Nothing was sent."));
            Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty);
        });
    }
}
