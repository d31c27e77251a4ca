using BatchGateway.Cli.Tests.Support;
using BatchGateway.Emulator;

namespace BatchGateway.Cli.Tests.Gateway;

public sealed class TraceTests
{
    private const string Header = "hidden-header-value";

    [Test]
    public async Task Verbose_EveryCall_ShowsNoSecret()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 1);
        string file = await terminal.IdOfAsync("upload", "lines.jsonl");
        terminal.Emulator.OnFileContent.RedirectToSigned(times: 1);
        terminal.Emulator.OnGetBatch.Answer(401, $$"""{"error":{"message":"Invalid key {{Terminal.Key}}"},"url":"https://acme.example/a?sig=signature"}""", times: 2);

        ToolRun[] runs =
        [
            await terminal.RunAsync("download", file, "--out", "back.jsonl", "--verbose", "--header", $"x-other={Header}"),
            await terminal.RunAsync("get", "b1", "--verbose", "--header", $"x-other={Header}"),
            await terminal.RunAsync("list", "--limit", "2", "--verbose", "--json"),
        ];

        Assert.Multiple(() =>
        {
            Assert.That(runs.Select(run => run.ExitCode), Is.EqualTo(new[] { 0, 3, 0 }));
            Assert.That(runs[0].Err, Does.Contain("> GET ").And.Contain("< 200").And.Contain("x-tfy-provider-name: openai-main").And.Contain("x-other: ***"));
            Assert.That(runs[1].Err, Does.Contain("Invalid key ***").And.Contain("BatchApiException"), "the stack trace is asked for");
            Assert.That(runs[2].Err, Does.Contain("/batches?limit=2"));
            Assert.That(runs[2].Json.GetArrayLength(), Is.Zero);
            foreach (string secret in new[] { Terminal.Key, Header, "signature", "sig=" })
                Assert.That(runs.Select(run => run.Out + run.Err), Has.None.Contains(secret));
        });
    }

    [Test]
    public async Task Verbose_WhatWrites_ShowsNoSecret()
    {
        await using Terminal terminal = await Terminal.OpenAsync();
        terminal.WriteLines("lines.jsonl", 1);
        string file = await terminal.IdOfAsync("upload", "lines.jsonl");
        terminal.Emulator.OnCreateBatch.Answer(400, $$"""{"error":{"message":"The key {{Terminal.Key}} may not."} }""", times: 1);

        ToolRun[] runs =
        [
            await terminal.RunAsync("upload", "lines.jsonl", "--verbose", "--header", $"x-other={Header}"),
            await terminal.RunAsync("create", "--input-file-id", file, "--endpoint", "/v1/chat/completions", "--verbose", "--json"),
            await terminal.RunAsync("create", "--input-file-id", file, "--endpoint", "/v1/chat/completions", "--verbose"),
            await terminal.RunAsync("submit", "lines.jsonl", "--verbose", "--header", $"x-other={Header}"),
            await terminal.RunAsync("doctor", "--create", "--verbose", "--header", $"x-other={Header}"),
        ];

        Assert.Multiple(() =>
        {
            Assert.That(runs.Take(4).Select(run => run.ExitCode), Is.EqualTo(new[] { 0, 3, 0, 0 }));
            Assert.That(runs[1].Error("message"), Does.Contain("The key *** may not."));
            Assert.That(runs.Select(run => run.Err), Has.All.Contains("> POST "));
            foreach (string secret in new[] { Terminal.Key, Header })
                Assert.That(runs.Select(run => run.Out + run.Err), Has.None.Contains(secret));
        });
    }

    [Test]
    public async Task NotVerbose_Failure_ShowsNoStackTrace()
    {
        await using Terminal terminal = await Terminal.OpenAsync(options => options.Personality = EmulatorPersonality.Documented);

        ToolRun run = await terminal.RunAsync("get", "b1");

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Err, Does.Not.Contain("   at ").And.Not.Contain("Exception"));
    }
}
