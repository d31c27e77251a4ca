using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Batches;

/// <summary>What holds for the batch object through its whole life.</summary>
public sealed class BatchObjectTests
{
    private static readonly string[] Times =
        ["created_at", "in_progress_at", "expires_at", "finalizing_at", "completed_at", "failed_at", "expired_at", "cancelling_at", "cancelled_at"];

    [Test]
    public async Task Get_InEveryState_HasTheSameMembersInTheSameOrder([Values] EmulatorPersonality personality)
    {
        List<JsonElement> life = await LifeAsync(personality);

        foreach (JsonElement batch in life)
            Assert.That(batch.Names(), Is.EqualTo(life[0].Names()));
        Assert.That(life[0].Names(), Is.SupersetOf(Times));
        Assert.That(life[0].Names().Contains("usage"), Is.EqualTo(personality == EmulatorPersonality.OpenAI));
        Assert.That(life[0].Names().Contains("model"), Is.EqualTo(personality == EmulatorPersonality.OpenAI));
    }

    [Test]
    public async Task Get_InEveryState_HasTimesOfOneKind([Values] EmulatorPersonality personality)
    {
        List<JsonElement> life = await LifeAsync(personality);

        JsonElement[] times = [.. life.SelectMany(batch => Times.Select(batch.GetProperty)).Where(time => time.ValueKind != JsonValueKind.Null)];
        Assert.That(times, Has.Length.GreaterThan(12));
        if (personality == EmulatorPersonality.Azure)
            Assert.That(times.Select(time => time.GetString()), Has.All.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00$"));
        else
            Assert.That(times.Select(time => time.GetRawText()), Has.All.Match("^[0-9]{10}$"));
    }

    [Test]
    public async Task Get_InEveryStateButCompleted_HasNoUsage()
    {
        List<JsonElement> life = await LifeAsync(EmulatorPersonality.OpenAI);

        foreach (JsonElement batch in life)
        {
            bool isCompleted = batch.Text("status") == "completed";
            Assert.That(batch.Number("usage", "total_tokens") > 0, Is.EqualTo(isCompleted), batch.Text("status"));
            Assert.That(batch.GetProperty("usage").Names(), Is.EqualTo(new[]
            {
                "input_tokens", "output_tokens", "total_tokens", "input_tokens_details", "output_tokens_details",
            }));
        }
    }

    [Test]
    public async Task Get_OfAnExpiredBatch_HasAnErrorFileAndCountsNoneOfItAsFailed()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync(options =>
            options.Script = new() { ValidatingFor = TimeSpan.Zero, RunningFor = TimeSpan.FromDays(100) });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromHours(24));

        Assert.That(batch.Text("status"), Is.EqualTo("expired"));
        Assert.That(batch.Counts(), Is.EqualTo((1L, 0L, 0L)));
        Assert.That(batch.IsNull("output_file_id"), Is.True);
        Assert.That(await gateway.ResultsAsync(batch, "error_file_id"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Get_OfACancelledBatch_HasAnErrorFileAndCountsNoneOfItAsFailed()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));
        await gateway.CancelAsync(id);

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromMinutes(10));

        Assert.That(batch.Text("status"), Is.EqualTo("cancelled"));
        Assert.That(batch.Counts(), Is.EqualTo((1L, 0L, 0L)));
        Assert.That(await gateway.ResultsAsync(batch, "error_file_id"), Has.Count.EqualTo(1));
    }

    /// <summary>A batch that completes, one that fails, one that is cancelled and one with more work than fits into a day, looked at often.</summary>
    private static async Task<List<JsonElement>> LifeAsync(EmulatorPersonality personality)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options =>
        {
            options.Personality = personality;
            options.FilePendingFor = TimeSpan.Zero;
            options.Cancel = true;
        });
        string cancelled = await gateway.CreateFromAsync(TestGateway.Lines(4));
        await gateway.CancelAsync(cancelled);
        string failed = await gateway.CreateFromAsync("no json\n");
        string completed = await gateway.CreateFromAsync(TestGateway.Lines(4));
        gateway.Emulator.Script = new() { RunningFor = TimeSpan.FromHours(30) };
        string expired = await gateway.CreateFromAsync(TestGateway.Lines(4));

        List<JsonElement> life = [];
        foreach (int seconds in (int[])[0, 2, 60, 62, 10, 600, 86_400])
        {
            gateway.Clock.Advance(TimeSpan.FromSeconds(seconds));
            foreach (string id in (string[])[cancelled, failed, completed, expired])
                life.Add(await gateway.BatchAsync(id));
        }

        return life;
    }
}
