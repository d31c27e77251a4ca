using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Settings;

public sealed class ToolSettingsTests
{
    [Test]
    public async Task Read_FlagEnvironmentAndFile_ComeInThatOrder()
    {
        await using Terminal terminal = await Terminal.OpenAsync(options => options.RequiredProvider = null);
        terminal.WriteSettings($$"""{ "controlPlaneUrl": "{{terminal.Emulator.Url}}", "apiKey": "{{Terminal.Key}}", "provider": "of-file", "headers": { "x-team": "search" } }""");
        terminal.Environment.Clear();
        terminal.Environment["HOME"] = terminal.PathOf("home");

        await terminal.RunAsync("list");
        terminal.Environment["BATCHCLIENT_PROVIDER"] = "of-environment";
        await terminal.RunAsync("list");
        ToolRun last = await terminal.RunAsync("list", "--provider", "of-flag", "--header", "x-team=night");

        Assert.That(last.ExitCode, Is.Zero);
        Assert.That(terminal.Emulator.Ledger.Requests.Select(request => request.Headers["x-tfy-provider-name"]), Is.EqualTo(new[] { "of-file", "of-environment", "of-flag" }));
        Assert.That(terminal.Emulator.Ledger.Requests.Select(request => request.Headers["x-team"]), Is.EqualTo(new[] { "search", "search", "night" }));
    }

    [Test]
    public async Task KeyOfTheFile_AnotherAddress_IsNotSentThere()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteSettings($$"""{ "controlPlaneUrl": "acme.example", "apiKey": "{{Terminal.Key}}" }""");
        terminal.Environment.Remove("BATCHCLIENT_API_KEY");

        ToolRun run = await terminal.RunAsync("list", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error("kind"), Is.EqualTo("settings"));
            Assert.That(run.Error("next"), Does.Contain("BATCHCLIENT_API_KEY"));
            Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty);
        });
    }

    [TestCase("apiKey")]
    [TestCase("apiKeyFile")]
    public async Task KeyOfTheFile_ItsOwnAddress_IsSentAndNotShown(string member)
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        string value = member == "apiKey" ? Terminal.Key : terminal.Write("key", Terminal.Key + "\n");
        terminal.WriteSettings($$"""{ "controlPlaneUrl": "{{terminal.Emulator.Url}}", "{{member}}": "{{value}}" }""");
        terminal.Environment.Remove("BATCHCLIENT_API_KEY");
        terminal.Environment.Remove("BATCHCLIENT_CONTROL_PLANE_URL");
        terminal.Emulator.OnListFiles.Answer(400, $$"""{"error":{"message":"The key {{Terminal.Key}} may not."} }""", times: 1);

        ToolRun refused = await terminal.RunAsync("files", "--verbose");
        ToolRun run = await terminal.RunAsync("files", "--verbose", "--json");

        Assert.That((refused.ExitCode, run.ExitCode), Is.EqualTo((3, 0)));
        Assert.That(refused.Out + refused.Err + run.Out + run.Err, Does.Not.Contain(Terminal.Key));
    }

    [Test]
    public async Task RequestTimeout_GatewayThatHangs_EndsCallsAndTransfers()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 1);
        terminal.Emulator.OnCreateBatch.Hang();
        terminal.Emulator.OnUploadFile.Hang(times: 100);

        ToolRun create = await terminal.RunAsync("create", "--input-file-id", "file-1", "--endpoint", "/v1/embeddings", "--request-timeout", "200ms", "--json");
        ToolRun upload = await terminal.RunAsync("doctor", "--request-timeout", "2s", "--json");

        Assert.That((create.ExitCode, create.Error("kind")), Is.EqualTo((4, "ambiguous_create")));
        Assert.That(upload.ExitCode, Is.EqualTo(3));
        Assert.That(upload.Out, Does.Contain("TransferIdleTimeout"));
    }

    [TestCase("""{ "apiKey": "sk-top-secret-key", "controlPlaneUrl": 7 }""")]
    [TestCase("""{ "apikee": "sk-top-secret-key" }""")]
    [TestCase("""{ "apiKey": "sk-top-secret-key""")]
    public async Task File_Broken_IsToldWithoutWhatItHolds(string json)
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteSettings(json);

        ToolRun run = await terminal.RunAsync("list", "--verbose");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Err, Does.Contain("settings.json").And.Not.Contain("sk-top"));
    }

    [TestCase("BATCHCLIENT_CONTROL_PLANE_URL", "")]
    [TestCase("BATCHCLIENT_API_KEY", "")]
    [TestCase("BATCHCLIENT_CONTROL_PLANE_URL", "ftp://acme")]
    [TestCase("BATCHCLIENT_CONTROL_PLANE_URL", "http://acme.example")]
    public async Task Settings_Wrong_SendNothing(string name, string value)
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.Environment[name] = value;

        ToolRun run = await terminal.RunAsync("list", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error("kind"), Is.EqualTo("settings"));
        Assert.That(terminal.Emulator.Ledger.Requests, Is.Empty);
    }
}
