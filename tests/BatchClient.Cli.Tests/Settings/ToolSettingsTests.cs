using BatchGateway.Cli.Tests.Support;

namespace BatchGateway.Cli.Tests.Settings;

public sealed class ToolSettingsTests
{
    [Test]
    public async Task Settings_FlagsBeforeEnvironmentBeforeFile()
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
