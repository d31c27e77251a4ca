using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Lines;

public sealed class LineRuleTests
{
    private static readonly EmulatedResponse TooFast = EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast.");

    [Test]
    public async Task Lines_OnePercentAtTheFirstAttempt_SucceedAtTheSecond()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript()
            .Lines(0.01, request => request.Attempt == 1 ? TooFast : EmulatedResponse.Default(request)));

        JsonElement first = await gateway.EndAsync(TestGateway.Lines(1000));
        List<string> failed = await ErrorIdsAsync(gateway, first);
        JsonElement second = await gateway.EndAsync(string.Concat(failed.Select(id => TestGateway.Line(id))));

        Assert.That(failed, Has.Count.InRange(3, 20));
        Assert.That(await gateway.OutputIdsAsync(first), Has.Count.EqualTo(1000 - failed.Count));
        Assert.That(await gateway.OutputIdsAsync(second), Is.EquivalentTo(failed));
        Assert.That(gateway.Ledger.LinesBilled, Has.Count.EqualTo(1000));
        Assert.That(gateway.Ledger.LinesBilled.Values, Has.All.EqualTo(1));
    }

    [Test]
    public async Task Lines_SeveralRules_TheFirstThatTakesALineDecides()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript { Responder = _ => EmulatedResponse.Chat("responder") }
            .Lines(request => request.LineNumber <= 2, request => EmulatedResponse.Chat($"first {request.CustomId}"))
            .Lines(request => request.LineNumber <= 3, EmulatedResponse.Chat("second")));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(4));

        Dictionary<string, string?> texts = (await gateway.ResultsAsync(batch, "output_file_id")).ToDictionary(
            line => line.Text("custom_id")!,
            line => line.GetProperty("response").GetProperty("body").GetProperty("choices")[0].Text("message", "content"));
        Assert.That(texts, Is.EquivalentTo(new Dictionary<string, string?>
        {
            ["line-1"] = "first line-1",
            ["line-2"] = "first line-2",
            ["line-3"] = "second",
            ["line-4"] = "responder",
        }));
    }

    [Test]
    public async Task Lines_OnAScript_LeavesThatScriptAsItWas()
    {
        EmulatorScript script = new();
        await using TestGateway gateway = await StartAsync(script);

        script.Lines(1.0, TooFast).Tells("x", TimeSpan.Zero).FailsValidation("x", "y");
        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(batch.Text("status"), Is.EqualTo("completed"));
        Assert.That(batch.Counts(), Is.EqualTo((1L, 1L, 0L)));
    }

    [TestCase(0, 0, 0)]
    [TestCase(1, 2000, 2000)]
    [TestCase(0.25, 440, 560)]
    [TestCase(0.01, 8, 35)]
    public async Task Lines_WithAShare_TakesAboutSoMany(double share, int least, int most) =>
        Assert.That(await TakenAsync(new EmulatorScript().Lines(share, TooFast)), Has.Count.InRange(least, most));

    [Test]
    public async Task Lines_WithTwoShares_DrawApart()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(0.5, TooFast).Lines(0.5, EmulatedResponse.Vanish));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(2000));

        Assert.That(await ErrorIdsAsync(gateway, batch), Has.Count.InRange(920, 1080));
        Assert.That(await gateway.OutputIdsAsync(batch), Has.Count.InRange(440, 560));
    }

    [Test]
    public async Task Lines_WithAShare_AreTheSameWithTheSameSeedAndAttempt()
    {
        EmulatorScript script = new EmulatorScript().Lines(0.25, TooFast);

        HashSet<string> taken = await TakenAsync(script);
        HashSet<string> again = await TakenAsync(new EmulatorScript().Lines(0.25, TooFast));
        HashSet<string> otherSeed = await TakenAsync(script with { Seed = 2 });
        HashSet<string> nextAttempt = await TakenAsync(script, attempt: 2);

        Assert.That(again, Is.EquivalentTo(taken));
        Assert.That(otherSeed.Intersect(taken).Count(), Is.InRange(80, 170));
        Assert.That(nextAttempt.Intersect(taken).Count(), Is.InRange(80, 170));
    }

    [Test]
    public async Task Attempt_OfALine_CountsItsRunsOverAllBatches()
    {
        List<(string, int)> seen = [];
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(_ => true, request =>
        {
            seen.Add((request.CustomId, request.Attempt));
            return TooFast;
        }));

        await gateway.EndAsync(TestGateway.Lines(2));
        await gateway.EndAsync(TestGateway.Line("line-2"));
        await gateway.EndAsync(TestGateway.Lines(2));

        Assert.That(seen, Is.EqualTo(new[] { ("line-1", 1), ("line-2", 1), ("line-2", 2), ("line-1", 2), ("line-2", 3) }));
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }

    [Test]
    public async Task Attempt_OfALineThatItsBatchNeverCameTo_DoesNotCount()
    {
        List<int> seen = [];
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(_ => true, request =>
        {
            seen.Add(request.Attempt);
            return EmulatedResponse.Chat("x");
        }));
        gateway.Emulator.ScriptNextBatch(gateway.Emulator.Script with { RunningFor = TimeSpan.FromDays(30) });

        await gateway.EndAsync(TestGateway.Lines(1));
        await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(seen, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task Lines_ThatThrowOrReturnNull_MakeTheLineAStatus500()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript()
            .Lines(request => request.LineNumber == 1 ? throw new InvalidOperationException("which") : false, TooFast)
            .Lines(request => request.LineNumber == 2, (Func<EmulatedRequest, EmulatedResponse>)(_ => null!)));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(3));

        List<JsonElement> errors = await gateway.ResultsAsync(batch, "error_file_id");
        Assert.That(errors.Select(line => line.Number("response", "status_code")), Is.EqualTo(new[] { 500, 500 }));
        Assert.That(await gateway.OutputIdsAsync(batch), Is.EqualTo(new[] { "line-3" }));
    }

    /// <summary>Which of 2,000 lines stand in the error file after so many attempts.</summary>
    private static async Task<HashSet<string>> TakenAsync(EmulatorScript script, int attempt = 1)
    {
        await using TestGateway gateway = await StartAsync(script);
        JsonElement batch = default;
        for (int i = 0; i < attempt; i++)
            batch = await gateway.EndAsync(TestGateway.Lines(2000));
        return [.. await ErrorIdsAsync(gateway, batch)];
    }

    private static async Task<List<string>> ErrorIdsAsync(TestGateway gateway, JsonElement batch) =>
        [.. (await gateway.ResultsAsync(batch, "error_file_id")).Select(line => line.Text("custom_id")!)];

    private static Task<TestGateway> StartAsync(EmulatorScript script) => TestGateway.StartAsync(options => options.Script = script);
}
