using System.Text.Json;
using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Results;

internal sealed class RunResultsTests
{
    private static readonly EmulatorScript Plain = new();
    private static readonly EmulatedResponse Busy = EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast.");

    [Test]
    public async Task ReadAsync_ManyShardsAndAttempts_EveryLineInTheOrderOfTheInput()
    {
        EmulatorScript script = Plain.Lines(request => request.Attempt == 1 && Number(request) % 3 == 0, Busy);
        await using RunScene scene = await RunScene.StartAsync(script, 100, BatchLimits.OpenAI with { MaxLines = 7 });
        await scene.FinishAsync();

        List<BatchResultLine> lines = await scene.Results.ReadAsync(scene.Run, CancellationToken.None).ToListAsync();

        Assert.That(lines.Select(line => line.CustomId), Is.EqualTo(Enumerable.Range(0, 100).Select(RunScene.Id)));
        foreach (BatchResultLine line in lines)
            Assert.That(line.ChatText, Does.Contain(line.CustomId!));
    }

    [Test]
    public async Task ReadAsync_RunGoesOn_LinesWithoutAnOutcomeAreLeftOut()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 20, BatchLimits.OpenAI with { MaxLines = 10 });
        await scene.NextAsync();

        List<BatchResultLine> lines = await scene.Results.ReadAsync(scene.Run, CancellationToken.None).ToListAsync();

        Assert.That(lines.Select(line => line.CustomId), Is.EqualTo(Enumerable.Range(0, 10).Select(RunScene.Id)));
    }

    [Test]
    public async Task ReadSettledAsync_AfterEachHarvest_EveryLineOnceAndNoneTooEarly()
    {
        EmulatorScript script = Plain.Lines(request => request.Attempt == 1 && Number(request) % 3 == 0, Busy);
        await using RunScene scene = await RunScene.StartAsync(script, 30, BatchLimits.OpenAI with { MaxLines = 10 });
        List<BatchResultLine> arrived = [];

        while (await scene.Store.ListShardsAsync(scene.Run.Id, ShardState.Planned) is { Count: > 0 })
        {
            HarvestedShard shard = await scene.NextAsync();
            arrived.AddRange(await scene.Results.ReadSettledAsync(scene.Run, shard.Shard, CancellationToken.None).ToListAsync());
        }

        Assert.That(arrived.Select(line => line.CustomId), Is.EquivalentTo(Enumerable.Range(0, 30).Select(RunScene.Id)));
        Assert.That(arrived.Select(line => line.Kind), Is.All.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(arrived.Take(6).Select(line => line.CustomId), Is.EqualTo(new[] { 1, 2, 4, 5, 7, 8 }.Select(RunScene.Id)));
    }

    [Test]
    public async Task WriteAsync_EveryKind_OneLineForEachLineOfTheInput()
    {
        EmulatorScript script = Plain
            .Lines(Only(1), EmulatedResponse.Error(400, "invalid_request", "Not so."))
            .Lines(Only(2), EmulatedResponse.Vanish)
            .Lines(Only(3), EmulatedResponse.Raw("""{"custom_id":"line-000003","response":{"status_code":200,"body":{"id":tru}}}"""))
            .Lines(Only(4), EmulatedResponse.Expired)
            .Lines(Only(5), EmulatedResponse.Unanswered("batch_cancelled", "Stopped."))
            .Lines(request => request.Attempt == 1 && Number(request) == 6, Busy);
        await using RunScene scene = await RunScene.StartAsync(script, 8);
        await scene.FinishAsync(new HarvestOptions { MaxExpiries = 0, MaxAttempts = 2 });

        await scene.Results.WriteAsync(scene.Run, scene["results.jsonl"], CancellationToken.None);

        JsonElement[] lines = [.. (await File.ReadAllLinesAsync(scene["results.jsonl"])).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.That(lines.Select(line => Text(line, "custom_id")), Is.EqualTo(Enumerable.Range(0, 8).Select(RunScene.Id)));
        Assert.That(lines.Select(line => Text(line, "outcome")),
            Is.EqualTo(new[] { "succeeded", "failed", "missing", "malformed", "expired", "cancelled", "succeeded", "succeeded" }));
        Assert.That(lines.Select(line => line.GetProperty("attempts").GetInt32()), Is.EqualTo(new[] { 1, 1, 1, 1, 1, 2, 2, 1 }));
        Assert.That(lines.Select(line => line.EnumerateObject().Select(member => member.Name)),
            Is.All.EqualTo(new[] { "custom_id", "outcome", "attempts", "batch_id", "status_code", "response", "error" }));
        string[] batches = [.. (await scene.Store.ListShardsAsync(scene.Run.Id)).Select(shard => shard.BatchId!)];
        Assert.That(lines.Select(line => Text(line, "batch_id")),
            Is.EqualTo(lines.Select(line => batches[line.GetProperty("attempts").GetInt32() - 1])));
        Assert.That(lines[1].GetProperty("status_code").GetInt32(), Is.EqualTo(400));
        Assert.That(lines[1].GetProperty("response").GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("invalid_request"));
        Assert.That(Text(lines[1].GetProperty("error"), "code"), Is.EqualTo("invalid_request"));
        Assert.That(lines[2].GetProperty("response").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Text(lines[2].GetProperty("error"), "message"), Does.Contain("neither of its result files"));
        Assert.That(lines[3].GetProperty("response").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Text(lines[4].GetProperty("error"), "code"), Is.EqualTo("batch_expired"));
        Assert.That(lines[0].GetProperty("error").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task WriteAsync_Answers_ByteForByte()
    {
        const string body = """{ "id":"x" ,"choices":[{"message":{"content":"gr\u00f6\u00DFe größe \/ 1.50e+3"}}],"n":1.50 }""";
        string raw = $$"""{"id":"b","custom_id":"{{RunScene.Id(0)}}","response":{"status_code":200,"request_id":"r","body":{{body}}},"error":null}""";
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(0), EmulatedResponse.Raw(raw)), 1);
        await scene.FinishAsync();

        await scene.Results.WriteAsync(scene.Run, scene["results.jsonl"], CancellationToken.None);

        string? batch = (await scene.Store.ListShardsAsync(scene.Run.Id))[0].BatchId;
        string expected = $$"""{"custom_id":"{{RunScene.Id(0)}}","outcome":"succeeded","attempts":1,"batch_id":"{{batch}}","status_code":200,""";
        Assert.That(await File.ReadAllTextAsync(scene["results.jsonl"]), Is.EqualTo($$"""{{expected}}"response":{{body}},"error":null}""" + "\n"));
    }

    [Test]
    public async Task WriteAsync_LargerThanItsBuffers_Whole()
    {
        EmulatorScript script = Plain.Lines(request => Number(request) % 10 == 0, EmulatedResponse.Chat(new string('x', 300_000)));
        await using RunScene scene = await RunScene.StartAsync(script, 100);
        await scene.FinishAsync();

        await scene.Results.WriteAsync(scene.Run, scene["results.jsonl"], CancellationToken.None);

        int number = 0;
        await foreach (string line in File.ReadLinesAsync(scene["results.jsonl"]))
            Assert.That(line, Does.Contain($"\"custom_id\":\"{RunScene.Id(number)}\"").And.Length.GreaterThan(number++ % 10 == 0 ? 300_000 : 100));
        Assert.That(number, Is.EqualTo(100));
    }

    [Test]
    public async Task WriteAsync_CustomIdsThatNeedEscapes_GoodJson()
    {
        string[] ids = ["quote\"d", "back\\slash", "größe", "emoji 🎉", "tab\tbed"];
        await using RunScene scene = await RunScene.StartAsync(Plain, ids);
        await scene.FinishAsync();

        await scene.Results.WriteAsync(scene.Run, scene["results.jsonl"], CancellationToken.None);

        Assert.That((await File.ReadAllLinesAsync(scene["results.jsonl"])).Select(line => Text(JsonDocument.Parse(line).RootElement, "custom_id")),
            Is.EqualTo(ids));
    }

    [Test]
    public async Task WriteAsync_RunGoesOn_ThrowsAndLeavesWhatStoodThere()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 20, BatchLimits.OpenAI with { MaxLines = 10 });
        await scene.NextAsync();
        await File.WriteAllTextAsync(scene["results.jsonl"], "of yesterday");

        BatchRunException exception = (await Assert.ThrowsAsync<BatchRunException>(
            () => scene.Results.WriteAsync(scene.Run, scene["results.jsonl"], CancellationToken.None)))!;

        Assert.That(exception.Message, Does.Contain("10 of the 20 lines"));
        Assert.That(exception.Message, Does.Contain("ResumeAsync"));
        Assert.That(await File.ReadAllTextAsync(scene["results.jsonl"]), Is.EqualTo("of yesterday"));
        Assert.That(scene.Files.Where(file => file.EndsWith(".part", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task WriteAsync_LineIsTriedAgain_ThrowsThoughEveryLineHasAnOutcome()
    {
        EmulatorScript script = Plain.Lines(request => request.CustomId == RunScene.Id(3), EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));
        await using RunScene scene = await RunScene.StartAsync(script, 20);
        await scene.NextAsync();

        BatchRunException exception = (await Assert.ThrowsAsync<BatchRunException>(
            () => scene.Results.WriteAsync(scene.Run, scene["results.jsonl"], CancellationToken.None)))!;

        Assert.That(exception.Message, Does.Contain("1 of the 20 lines"));
        Assert.That(await scene.Results.ReadAsync(scene.Run, CancellationToken.None).ToListAsync(), Has.Count.EqualTo(20), "what there is can be read");
    }

    [Test]
    public async Task WriteAsync_ResultsCutOnDisk_ThrowsAndWritesNothing()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 20);
        await scene.FinishAsync();
        string output = scene.Files.Single(file => file.Contains("output", StringComparison.Ordinal));
        await using (FileStream result = new(scene[output], FileMode.Open))
            result.SetLength(result.Length / 2);

        await Assert.ThrowsAsync<EndOfStreamException>(() => scene.Results.WriteAsync(scene.Run, scene["results.jsonl"], CancellationToken.None));

        Assert.That(File.Exists(scene["results.jsonl"]), Is.False);
    }

    private static Func<EmulatedRequest, bool> Only(int line) => request => Number(request) == line;

    private static int Number(EmulatedRequest request) => int.Parse(request.CustomId.AsSpan("line-".Length), null);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
