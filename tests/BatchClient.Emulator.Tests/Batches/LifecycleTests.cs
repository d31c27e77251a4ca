using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Batches;

public sealed class LifecycleTests
{
    private const long Start = 1767225600;

    [TestCase(0, "validating")]
    [TestCase(1.9, "validating")]
    [TestCase(2, "in_progress")]
    [TestCase(121.9, "in_progress")]
    [TestCase(122, "finalizing")]
    [TestCase(126.9, "finalizing")]
    [TestCase(127, "completed")]
    [TestCase(1_000_000, "completed")]
    public async Task Get_AfterSomeSeconds_HasTheStateThatIsDue(double seconds, string status)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(seconds));

        Assert.That(batch.Text("status"), Is.EqualTo(status));
        Assert.That(batch.IsNull("output_file_id"), Is.EqualTo(status != "completed"));
        Assert.That(batch.IsNull("in_progress_at"), Is.EqualTo(status == "validating"));
    }

    [Test]
    public async Task Get_OfACompletedBatch_HasEveryTimeOnTheClock()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(2));

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromDays(2));

        Assert.That(batch.Number("created_at"), Is.EqualTo(Start));
        Assert.That(batch.Number("in_progress_at"), Is.EqualTo(Start + 2));
        Assert.That(batch.Number("finalizing_at"), Is.EqualTo(Start + 122));
        Assert.That(batch.Number("completed_at"), Is.EqualTo(Start + 127));
        Assert.That(batch.Number("expires_at"), Is.EqualTo(Start + 86400));
        foreach (string never in (string[])["failed_at", "expired_at", "cancelling_at", "cancelled_at"])
            Assert.That(batch.IsNull(never), Is.True, never);
    }

    [Test]
    public async Task Get_WhileInProgress_CountsGrowWithTime()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Script = new()
        {
            RunningFor = TimeSpan.FromSeconds(100),
            Responder = request => request.LineNumber % 10 == 0 ? EmulatedResponse.Error(500, "x", "y") : EmulatedResponse.Chat("z"),
        });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(50));

        Assert.That((await gateway.BatchAsync(id)).Counts(), Is.EqualTo((0L, 0L, 0L)));
        Assert.That((await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(2))).Counts(), Is.EqualTo((50L, 0L, 0L)));
        Assert.That((await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(30))).Counts(), Is.EqualTo((50L, 14L, 1L)));
        Assert.That((await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(30))).Counts(), Is.EqualTo((50L, 27L, 3L)));
        Assert.That((await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(60))).Counts(), Is.EqualTo((50L, 45L, 5L)));
    }

    [Test]
    public async Task Get_LookedAtOftenOrOnce_EndsWithTheSameLines()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string often = await gateway.CreateFromAsync(TestGateway.Lines(40));
        string once = await gateway.CreateFromAsync(TestGateway.Lines(40));

        for (int i = 0; i < 130; i++)
            await gateway.BatchAfterAsync(often, TimeSpan.FromSeconds(1));

        Assert.That(await CustomIdsAsync(gateway, often), Is.EqualTo(await CustomIdsAsync(gateway, once)));
    }

    [Test]
    public async Task Results_OfACompletedBatch_HaveEveryLineOnceInAnotherOrder()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(40));
        gateway.Clock.Advance(TimeSpan.FromHours(1));

        List<string> customIds = await CustomIdsAsync(gateway, id);

        string[] sent = [.. Enumerable.Range(1, 40).Select(number => $"line-{number}")];
        Assert.That(customIds, Is.EquivalentTo(sent).And.Not.EqualTo(sent));
    }

    [Test]
    public async Task Get_OfABatchWithLongerWork_ExpiresWithTheLinesThatWereDone()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync(options => options.Script = new() { ValidatingFor = TimeSpan.Zero, RunningFor = TimeSpan.FromHours(48) });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(10));

        JsonElement before = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        JsonElement after = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(1));
        List<JsonElement> errors = await gateway.ResultsAsync(after, "error_file_id");

        Assert.That(before.Text("status"), Is.EqualTo("in_progress"));
        Assert.That(after.Text("status"), Is.EqualTo("expired"));
        Assert.That(after.Number("expired_at"), Is.EqualTo(Start + 86400));
        Assert.That(after.IsNull("finalizing_at"), Is.True);
        Assert.That(after.Counts(), Is.EqualTo((10L, 5L, 0L)));
        Assert.That(after.Number("usage", "total_tokens"), Is.Zero);
        Assert.That(await gateway.ResultsAsync(after, "output_file_id"), Has.Count.EqualTo(5));
        Assert.That(errors.Select(line => line.Text("error", "code")), Has.All.EqualTo("batch_expired"));
        Assert.That(errors.Select(line => line.IsNull("response")), Has.All.True);
        Assert.That(errors.Select(line => line.Text("custom_id")), Is.EquivalentTo(new[] { "line-6", "line-7", "line-8", "line-9", "line-10" }));
        Assert.That(gateway.Ledger.LinesBilled.Keys, Is.EquivalentTo(new[] { "line-1", "line-2", "line-3", "line-4", "line-5" }));
    }

    [Test]
    public async Task Get_OfABatchThatIsNeverValidatedInTime_ExpiresWithNothingDone()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Script = new() { ValidatingFor = TimeSpan.FromHours(30) });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(3));

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(25));

        Assert.That(batch.Text("status"), Is.EqualTo("expired"));
        Assert.That(batch.IsNull("in_progress_at"), Is.True);
        Assert.That(batch.IsNull("output_file_id"), Is.True);
        Assert.That(await gateway.ResultsAsync(batch, "error_file_id"), Has.Count.EqualTo(3));
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }

    [Test]
    public async Task Get_OfAnInvalidBatchWithLongerWork_HasFailedNotExpired()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Script = new() { RunningFor = TimeSpan.FromHours(48) });
        string id = await gateway.CreateFromAsync("no json\n");

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(25));

        Assert.That(batch.Text("status"), Is.EqualTo("failed"));
        Assert.That(batch.Number("failed_at"), Is.EqualTo(Start + 2));
    }

    [Test]
    public async Task Get_OnAnAutoAdvancingClock_CompletesWhilePolling()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Clock = EmulatorClock.AutoAdvancing());
        string id = await gateway.CreateFromAsync(TestGateway.Lines(3));
        int polls = 0;

        while ((await gateway.BatchAsync(id)).Text("status") != "completed")
        {
            await Task.Delay(TimeSpan.FromSeconds(30), gateway.Clock);
            polls++;
        }

        Assert.That(polls, Is.EqualTo(5));
    }

    private static async Task<List<string>> CustomIdsAsync(TestGateway gateway, string id) =>
        [.. (await gateway.ResultsAsync(await gateway.BatchAsync(id), "output_file_id")).Select(line => line.Text("custom_id")!)];
}
