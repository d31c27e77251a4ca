using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Http;

/// <summary>Every refusal of an API comes in one envelope, on every personality.</summary>
public sealed class RefusalTests
{
    [Test]
    public async Task Send_WhatIsRefused_AnswersInTheErrorEnvelope([Values] EmulatorPersonality personality)
    {
        await using TestGateway gateway = await StartAsync(personality);
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        string over = await gateway.CreateAsync(file);
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        HttpRequestMessage keyless = gateway.Request(HttpMethod.Get, "/files");
        keyless.Headers.Authorization = null;

        (int Status, Answer Answer)[] refusals =
        [
            (401, await gateway.SendAsync(keyless)),
            (404, await gateway.GetAsync("/batches/batch_unknown")),
            (404, await gateway.CancelAsync("batch_unknown")),
            (404, await gateway.GetAsync("/files/file-unknown")),
            (404, await gateway.GetAsync("/files/file-unknown/content")),
            (404, await gateway.SendAsync(gateway.Request(HttpMethod.Delete, "/files/file-unknown"))),
            (409, await gateway.CancelAsync(over)),
            (400, await gateway.TryCreateAsync("file-unknown")),
            (400, await gateway.PostJsonAsync("/batches", "{")),
            (400, await gateway.UploadAsync(new StringContent("x"), purpose: "nothing")),
            (400, await gateway.GetAsync("/batches?limit=0")),
            (400, await gateway.GetAsync("/files?after=file-unknown")),
        ];

        foreach ((int status, Answer answer) in refusals)
        {
            Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
            Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
            Assert.That(answer.Json.Names(), Is.EqualTo(new[] { "error" }));
            Assert.That(answer.Error.Names(), Is.EqualTo(new[] { "message", "type", "param", "code" }));
            Assert.That(answer.Error.Text("message"), Is.Not.Empty);
            Assert.That(answer.Error.Text("type"), Is.EqualTo("invalid_request_error"));
            Assert.That(answer.Headers["x-request-id"], Does.StartWith("req_"));
            Assert.That(answer.Headers["Date"], Is.EqualTo("Thu, 01 Jan 2026 01:00:00 GMT"));
        }
    }

    [TestCase("batch%5F", true)]
    [TestCase("%62atch_", true)]
    [TestCase("batch%255F", false)]
    [TestCase("Batch_", false)]
    public async Task Get_WithAnIdThatIsWrittenOddly_IsFoundWhenDecodingOnceMakesItEqual(string prefix, bool isFound)
    {
        await using TestGateway gateway = await StartAsync(EmulatorPersonality.OpenAI);
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));

        Answer answer = await gateway.GetAsync($"/batches/{prefix}{id["batch_".Length..]}");

        Assert.That(answer.Status, Is.EqualTo(isFound ? 200 : 404));
    }

    [Test]
    public async Task Send_ToCallsThatAreOff_AnswersTheUnsupportedStatus([Values] EmulatorPersonality personality, [Values(404, 405, 501)] int status)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options =>
        {
            options.Personality = personality;
            options.BatchList = options.Cancel = options.FileList = options.BatchOutput = false;
            options.UnsupportedStatus = status;
        });

        Answer[] answers =
        [
            await gateway.GetAsync("/batches"),
            await gateway.CancelAsync("batch_1"),
            await gateway.GetAsync("/files"),
            await gateway.GetAsync("/batches/batch_1/output"),
        ];

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(status));
    }

    private static Task<TestGateway> StartAsync(EmulatorPersonality personality) => TestGateway.StartAsync(options =>
    {
        options.Personality = personality;
        options.BatchList = options.Cancel = true;
        options.FilePendingFor = TimeSpan.Zero;
    });
}
