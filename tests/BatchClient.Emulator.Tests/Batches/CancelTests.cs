using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Batches;

public sealed class CancelTests
{
    private const long Start = 1767225600;

    [Test]
    public async Task Cancel_WhileInProgress_TakesTenMinutesAndKeepsWhatWasDone()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(10));
        gateway.Clock.Advance(TimeSpan.FromSeconds(62));

        JsonElement cancelling = (await gateway.CancelAsync(id)).Json;
        JsonElement still = await gateway.BatchAfterAsync(id, TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        JsonElement cancelled = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(1));
        List<JsonElement> errors = await gateway.ResultsAsync(cancelled, "error_file_id");

        Assert.That(cancelling.Text("status"), Is.EqualTo("cancelling"));
        Assert.That(cancelling.Number("cancelling_at"), Is.EqualTo(Start + 62));
        Assert.That(still.Text("status"), Is.EqualTo("cancelling"));
        Assert.That(still.IsNull("cancelled_at"), Is.True);
        Assert.That(still.IsNull("output_file_id"), Is.True);
        Assert.That(cancelled.Text("status"), Is.EqualTo("cancelled"));
        Assert.That(cancelled.Number("cancelled_at"), Is.EqualTo(Start + 662));
        Assert.That(cancelled.IsNull("finalizing_at") && cancelled.IsNull("completed_at"), Is.True);
        Assert.That(cancelled.Counts(), Is.EqualTo((10L, 5L, 0L)));
        Assert.That(await gateway.ResultsAsync(cancelled, "output_file_id"), Has.Count.EqualTo(5));
        Assert.That(errors.Select(line => line.Text("error", "code")), Is.EqualTo(Enumerable.Repeat("batch_cancelled", 5)));
    }

    [Test]
    public async Task Cancel_WhileValidating_RunsNothing()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));

        await gateway.CancelAsync(id);
        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(1));

        Assert.That(batch.Text("status"), Is.EqualTo("cancelled"));
        Assert.That(batch.IsNull("in_progress_at"), Is.True);
        Assert.That(batch.Counts(), Is.EqualTo((1L, 0L, 0L)));
        Assert.That(batch.IsNull("output_file_id"), Is.True);
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }

    [Test]
    public async Task Cancel_OfAnInvalidBatchInTime_EndsCancelledWithoutFiles()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string id = await gateway.CreateFromAsync("no json\n");

        await gateway.CancelAsync(id);
        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(1));

        Assert.That(batch.Text("status"), Is.EqualTo("cancelled"));
        Assert.That(batch.IsNull("output_file_id") && batch.IsNull("error_file_id") && batch.IsNull("errors"), Is.True);
    }

    [Test]
    public async Task Cancel_Again_ChangesNothing()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));

        Answer first = await gateway.CancelAsync(id);
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        Answer second = await gateway.CancelAsync(id);

        Assert.That(second.Status, Is.EqualTo(200));
        Assert.That(second.Json.Number("cancelling_at"), Is.EqualTo(first.Json.Number("cancelling_at")));
    }

    [TestCase(124, "finalizing")]
    [TestCase(200, "completed")]
    public async Task Cancel_TooLate_Answers409(int seconds, string status)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));
        gateway.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Answer answer = await gateway.CancelAsync(id);

        Assert.That(answer.Status, Is.EqualTo(409));
        Assert.That(answer.Error.Text("message"), Is.EqualTo($"Cannot cancel a batch with status '{status}'."));
        Assert.That(answer.Error.Text("type"), Is.EqualTo("invalid_request_error"));
    }

    [Test]
    public async Task Cancel_OfACancelledBatch_Answers409()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));
        await gateway.CancelAsync(id);
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.That((await gateway.CancelAsync(id)).Status, Is.EqualTo(409));
    }

    [Test]
    public async Task Cancel_OfAnUnknownBatch_Answers404()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Assert.That((await gateway.CancelAsync("batch_unknown")).Status, Is.EqualTo(404));
    }
}
