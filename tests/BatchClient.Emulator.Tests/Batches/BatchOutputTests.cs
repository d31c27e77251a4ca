using System.Globalization;
using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Batches;

public sealed class BatchOutputTests
{
    [Test]
    public async Task Output_OnEveryPersonality_IsOffUnlessSwitchedOn([Values] EmulatorPersonality personality)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Personality = personality);

        Answer answer = await gateway.GetAsync("/batches/batch_1/output");

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Text, Is.EqualTo("""{"detail":"Not Found"}"""));
        Assert.That(gateway.Ledger.Count(gateway.Emulator.OnBatchOutput), Is.EqualTo(1));
    }

    [Test]
    public async Task Output_OfACompletedBatch_IsTheOutputFileAsAnArray()
    {
        await using TestGateway gateway = await StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(40));
        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(1));
        List<JsonElement> lines = await gateway.ResultsAsync(batch, "output_file_id");

        Answer answer = await gateway.GetAsync($"/batches/{id}/output");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(answer.Headers["Content-Length"], Is.EqualTo(answer.Bytes.Length.ToString(CultureInfo.InvariantCulture)));
        Assert.That(answer.Json.EnumerateArray().Select(line => line.GetRawText()), Is.EqualTo(lines.Select(line => line.GetRawText())));
    }

    [Test]
    public async Task Output_OfABatchWithoutAnOutputFile_IsAnEmptyArray()
    {
        await using TestGateway gateway = await StartAsync(_ => EmulatedResponse.Error(500, "x", "y"));
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));
        gateway.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That((await gateway.GetAsync($"/batches/{id}/output")).Text, Is.EqualTo("[]"));
    }

    [Test]
    public async Task Output_OfARunningBatch_Answers400()
    {
        await using TestGateway gateway = await StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));

        Answer answer = await gateway.GetAsync($"/batches/{id}/output");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("message"), Does.Contain("'in_progress'"));
    }

    [Test]
    public async Task Output_OfAnUnknownBatchOrADeletedFile_Answers404()
    {
        await using TestGateway gateway = await StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));
        string output = (await gateway.BatchAfterAsync(id, TimeSpan.FromHours(1))).Text("output_file_id")!;
        await gateway.SendAsync(gateway.Request(HttpMethod.Delete, $"/files/{output}"));

        Assert.That((await gateway.GetAsync("/batches/batch_unknown/output")).Status, Is.EqualTo(404));
        Assert.That((await gateway.GetAsync($"/batches/{id}/output")).Status, Is.EqualTo(404));
    }

    private static Task<TestGateway> StartAsync(Func<EmulatedRequest, EmulatedResponse>? responder = null) => TestGateway.StartAsync(options =>
    {
        options.BatchOutput = true;
        options.Script = new() { Responder = responder };
    });
}
