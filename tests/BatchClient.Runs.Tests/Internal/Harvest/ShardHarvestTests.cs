using System.Net;
using System.Text;
using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;
using HarvestResult = BatchGateway.Runs.Internal.Harvest;

namespace BatchGateway.Runs.Tests.Internal.Harvest;

internal sealed class ShardHarvestTests
{
    private static readonly EmulatorScript Plain = new();
    private static readonly EmulatedResponse Busy = EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast.");
    private static readonly EmulatedResponse Wrong = EmulatedResponse.Error(400, "invalid_request", "Not so.");

    [Test]
    public async Task RunAsync_EveryLineAnswered_EachOutcomePointsToItsOwnResult()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 100);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Outcomes.Select(outcome => outcome.Line), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(shard.Outcomes.Select(outcome => (outcome.Kind, outcome.StatusCode)), Is.All.EqualTo((BatchOutcomeKind.Succeeded, 200)));
        Assert.That(shard.Outcomes.Select(outcome => outcome.InputTokens), Is.All.GreaterThan(0));
        Assert.That(shard.Outcomes.Sum(outcome => outcome.OutputTokens), Is.EqualTo(shard.Counts.OutputTokens));
        foreach (LineOutcome outcome in shard.Outcomes)
            Assert.That(await ReadAsync(scene, 1, outcome),
                Does.StartWith("{").And.EndsWith("}").And.Contain($"\"custom_id\":\"{RunScene.Id((int)outcome.Line)}\""));
        Assert.That(shard.Retries, Is.Empty);
        Assert.That(shard.Counts,
            Has.Property(nameof(HarvestCounts.Duplicates)).Zero
                .And.Property(nameof(HarvestCounts.Unknown)).Zero
                .And.Property(nameof(HarvestCounts.Retried)).Zero);
    }

    [Test]
    public async Task RunAsync_SomeLinesWorthAnotherTry_OnlyTheyGoIntoTheNextAttempt()
    {
        EmulatorScript script = Plain
            .Lines(Only(3), Busy)
            .Lines(Only(7), EmulatedResponse.Error(503, "server_error", "Down."))
            .Lines(Only(8), EmulatedResponse.Unanswered("request_timeout", "Too slow."))
            .Lines(Only(11), Wrong)
            .Lines(Only(12), EmulatedResponse.Unanswered("content_filter", "No."));
        await using RunScene scene = await RunScene.StartAsync(script, 20);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Counts.Of(BatchOutcomeKind.Failed), Is.EqualTo(5));
        Assert.That(shard.Counts.Retried, Is.EqualTo(3));
        Assert.That(shard.Retries, Has.Count.EqualTo(1));
        Assert.That(shard.Retries[0], Has.Property(nameof(NewShard.Attempt)).EqualTo(2).And.Property(nameof(NewShard.Lines)).EqualTo(3));
        Assert.That(await scene.IdsInAsync(shard.Retries[0].Blob), Is.EqualTo(new[] { RunScene.Id(3), RunScene.Id(7), RunScene.Id(8) }));
    }

    [Test]
    public async Task RunAsync_LineSucceedsAtTheSecondAttempt_ItsOutcomeIsReplaced()
    {
        EmulatorScript script = Plain.Lines(request => request.Attempt == 1 && request.CustomId == RunScene.Id(3), Busy);
        await using RunScene scene = await RunScene.StartAsync(script, 10);

        List<HarvestedShard> shards = await scene.FinishAsync();

        Assert.That(shards, Has.Count.EqualTo(2));
        List<LineOutcome> outcomes = await scene.Store.ReadOutcomesAsync(scene.Run.Id).ToListAsync();
        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.All.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(outcomes[3], Has.Property(nameof(LineOutcome.Attempt)).EqualTo(2).And.Property(nameof(LineOutcome.Shard)).EqualTo(2));
        Assert.That(await ReadAsync(scene, 2, outcomes[3]), Does.Contain(RunScene.Id(3)));
    }

    [Test]
    public async Task RunAsync_LineFailsEachTime_TriedAsOftenAsAllowed()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(3), Busy), 10);

        List<HarvestedShard> shards = await scene.FinishAsync(new HarvestOptions { MaxAttempts = 4 });

        Assert.That(shards.Select(shard => shard.Shard.Attempt), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That((await scene.Store.ReadOutcomesAsync(scene.Run.Id).ToListAsync())[3],
            Has.Property(nameof(LineOutcome.StatusCode)).EqualTo(429).And.Property(nameof(LineOutcome.Attempt)).EqualTo(4));
    }

    [Test]
    public async Task RunAsync_RuleOfTheCaller_TakesThePlaceOfOurs()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(3), Busy).Lines(Only(4), Wrong), 10);
        List<string?> asked = [];

        HarvestedShard shard = await scene.NextAsync(new HarvestOptions
        {
            ShouldRetry = line =>
            {
                asked.Add(line.CustomId);
                return line.StatusCode == 400;
            },
        });

        Assert.That(asked, Is.EquivalentTo(new[] { RunScene.Id(3), RunScene.Id(4) }));
        Assert.That(await scene.IdsInAsync(shard.Retries.Single().Blob), Is.EqualTo(new[] { RunScene.Id(4) }));
    }

    [Test]
    public async Task RunAsync_RetriedLinesExceedTheLimits_SplitIntoSeveralShards()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(_ => true, Busy), 5, BatchLimits.OpenAI with { MaxLines = 5 });

        (_, HarvestRequest request) = await scene.EndedAsync();
        HarvestOptions narrow = request.Options with { Limits = BatchLimits.OpenAI with { MaxLines = 2 } };
        using HarvestResult harvest = await scene.HarvestAsync(request with { Options = narrow });

        Assert.That(harvest.RetryShards.Select(shard => shard.Lines), Is.EqualTo(new[] { 2, 2, 1 }));
    }

    [Test]
    public async Task RunAsync_BatchExpires_UnansweredLinesAreSentAgainWithoutAnAttempt()
    {
        EmulatorScript slow = Plain with { RunningFor = TimeSpan.FromHours(72) };
        await using RunScene scene = await RunScene.StartAsync(slow, 30);

        HarvestedShard first = await scene.NextAsync(new HarvestOptions { MaxExpiries = 1 });
        HarvestedShard second = await scene.NextAsync(new HarvestOptions { MaxExpiries = 1 });

        Assert.That(first.Counts.Of(BatchOutcomeKind.Succeeded), Is.InRange(9, 11));
        Assert.That(first.Counts.Of(BatchOutcomeKind.Expired), Is.EqualTo(30 - first.Counts.Of(BatchOutcomeKind.Succeeded)));
        Assert.That(first.Retries.Single(),
            Has.Property(nameof(NewShard.Attempt)).EqualTo(1)
                .And.Property(nameof(NewShard.Lines)).EqualTo(first.Counts.Of(BatchOutcomeKind.Expired)));
        Assert.That(RetryTallies.Read(first.Retries.Single().Facts), Is.EqualTo(new RetryTally(Expiries: 1)));
        Assert.That(second.Counts.Of(BatchOutcomeKind.Expired), Is.Positive);
        Assert.That(second.Retries, Is.Empty, "once only");
        Assert.That((await scene.Store.CountsAsync(scene.Run.Id)).Of(BatchOutcomeKind.Succeeded),
            Is.EqualTo(first.Counts.Of(BatchOutcomeKind.Succeeded) + second.Counts.Of(BatchOutcomeKind.Succeeded)));
    }

    [Test]
    public async Task RunAsync_LineVanishesFromCompletedBatch_MissingAndNotSentAgainUnlessAskedFor([Values] bool retryMissing)
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(4), EmulatedResponse.Vanish), 10);
        (_, HarvestRequest request) = await scene.EndedAsync(new HarvestOptions { RetryMissing = retryMissing });
        DateTimeOffset before = scene.Emulator.Clock.GetUtcNow();
        int gets = Gets(scene);

        using HarvestResult harvest = await scene.HarvestAsync(request);

        LineOutcome outcome = harvest.Outcomes.ElementAt(4);
        Assert.That(outcome.Kind, Is.EqualTo(BatchOutcomeKind.Missing));
        Assert.That(await ReadAsync(scene, 1, outcome), Does.Contain("neither of its result files"));
        Assert.That(harvest.RetryShards, Has.Count.EqualTo(retryMissing ? 1 : 0));
        Assert.That(scene.Emulator.Clock.GetUtcNow() - before, Is.InRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(70)));
        Assert.That(Gets(scene) - gets, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_LineMissingInExpiredBatch_SentAgain()
    {
        EmulatorScript script = (Plain with { RunningFor = TimeSpan.FromHours(72) }).Lines(Only(0), EmulatedResponse.VanishUnbilled);
        await using RunScene scene = await RunScene.StartAsync(script, 30);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Outcomes[0].Kind, Is.EqualTo(BatchOutcomeKind.Missing));
        Assert.That(await scene.IdsInAsync(shard.Retries.Single().Blob), Does.Contain(RunScene.Id(0)));
    }

    [Test]
    public async Task RunAsync_FileIdsAppearLate_NothingIsMissing()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain with { FileIdsAfter = TimeSpan.FromMinutes(12) }, 10);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Counts.Of(BatchOutcomeKind.Succeeded), Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_ResultTwice_TheFirstOneCountsAndTheOtherIsADuplicate()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(2), request => EmulatedResponse.Default(request).Twice()), 10);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Counts.Of(BatchOutcomeKind.Succeeded), Is.EqualTo(10));
        Assert.That(shard.Counts.Duplicates, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_SuccessesBehindAFailure_TheFirstOneCountsAndNothingIsTriedAgain()
    {
        string success = Line(2, """{"status_code":200,"body":{"id":"x","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5}}}""");
        string failure = Line(2, """{"status_code":500,"request_id":"r","body":{"error":{"message":"Down."}}}""");
        string other = success.Replace("\"x\"", "\"y\"", StringComparison.Ordinal);
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(2), EmulatedResponse.Raw($"{failure}\n{success}\n{other}\n{failure}")), 10);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Outcomes[2], Has.Property(nameof(LineOutcome.Kind)).EqualTo(BatchOutcomeKind.Succeeded)
            .And.Property(nameof(LineOutcome.InputTokens)).EqualTo(7).And.Property(nameof(LineOutcome.OutputTokens)).EqualTo(5));
        Assert.That(await ReadAsync(scene, 1, shard.Outcomes[2]), Is.EqualTo(success));
        Assert.That((shard.Counts.Duplicates, shard.Retries.Count), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task RunAsync_BodyIsNoJson_MalformedAndNotPaidForTwice()
    {
        EmulatedResponse broken = EmulatedResponse.Raw(Line(2, """{"status_code":200,"request_id":"r","body":{"id":tru}}"""));
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(2), broken), 10);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Outcomes[2].Kind, Is.EqualTo(BatchOutcomeKind.Malformed));
        Assert.That(shard.Retries, Is.Empty);
    }

    [TestCase(OddLine.NoId, BatchOutcomeKind.Succeeded)]
    [TestCase(OddLine.NoCustomId, BatchOutcomeKind.Missing)]
    [TestCase(OddLine.RepeatedId, BatchOutcomeKind.Succeeded)]
    [TestCase(OddLine.BodyFalse, BatchOutcomeKind.Failed)]
    [TestCase(OddLine.BodyNull, BatchOutcomeKind.Failed)]
    [TestCase(OddLine.BodyText, BatchOutcomeKind.Succeeded)]
    [TestCase(OddLine.StatusZero, BatchOutcomeKind.Failed)]
    [TestCase(OddLine.BlankLineBefore, BatchOutcomeKind.Succeeded)]
    [TestCase(OddLine.ByteOrderMark, BatchOutcomeKind.Succeeded)]
    [TestCase(OddLine.CarriageReturn, BatchOutcomeKind.Succeeded)]
    [TestCase(OddLine.NoFinalNewline, BatchOutcomeKind.Succeeded)]
    [TestCase(OddLine.InvalidUtf8, BatchOutcomeKind.Malformed)]
    [TestCase(OddLine.NotAnObject, BatchOutcomeKind.Missing)]
    [TestCase(OddLine.Long, BatchOutcomeKind.Succeeded)]
    [TestCase(OddLine.NeverAskedFor, BatchOutcomeKind.Succeeded)]
    public async Task RunAsync_OddLine_IsReadAndNoNeighbourSuffers(OddLine oddity, BatchOutcomeKind expected)
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(5), request => EmulatedResponse.Default(request).As(oddity)), 10);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Outcomes[5].Kind, Is.EqualTo(expected));
        Assert.That(shard.Outcomes.Where(outcome => outcome.Line != 5).Select(outcome => outcome.Kind), Is.All.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(shard.Counts.Unknown, Is.EqualTo(oddity is OddLine.NeverAskedFor or OddLine.NoCustomId or OddLine.NotAnObject ? 1 : 0));
        Assert.That(shard.Retries, Is.Empty);
        Assert.That((await scene.Results.ReadAsync(scene.Run, CancellationToken.None).ToListAsync())[5],
            Has.Property(nameof(BatchResultLine.Kind)).EqualTo(expected)
            .And.Property(nameof(BatchResultLine.CustomId)).EqualTo(RunScene.Id(5)));
    }

    [TestCase(OddLine.ErrorAsText)]
    [TestCase(OddLine.ErrorNested)]
    public async Task RunAsync_ErrorWrittenOddly_StillWorthAnotherTry(OddLine oddity)
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(5), Busy.As(oddity)), 10);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Outcomes[5],
            Has.Property(nameof(LineOutcome.Kind)).EqualTo(BatchOutcomeKind.Failed).And.Property(nameof(LineOutcome.StatusCode)).EqualTo(429));
        Assert.That(shard.Counts.Retried, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_CustomIdsThatNeedEscapes_MatchHoweverTheyAreWritten()
    {
        string[] ids = ["plain", "quote\"d", "back\\slash", "größe", "emoji 🎉", "tab\tbed", "", "<&>"];
        await using RunScene scene = await RunScene.StartAsync(Plain, ids.Where(id => id.Length > 0));

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Counts.Of(BatchOutcomeKind.Succeeded), Is.EqualTo(7));
        Assert.That((await scene.Results.ReadAsync(scene.Run, CancellationToken.None).ToListAsync()).Select(line => line.CustomId),
            Is.EqualTo(ids.Where(id => id.Length > 0)));
    }

    [Test]
    public async Task RunAsync_CancelledByTheProvider_UnansweredLinesAreTriedAgain()
    {
        EmulatorScript slow = Plain with { RunningFor = TimeSpan.FromHours(20) };
        await using RunScene scene = await RunScene.StartAsync(slow, 10);

        HarvestedShard shard = await scene.NextAsync(meanwhile: id => CancelAsync(scene, id));

        Assert.That(shard.Counts.Of(BatchOutcomeKind.Cancelled), Is.Positive);
        Assert.That(shard.Counts.Retried, Is.EqualTo(shard.Counts.Of(BatchOutcomeKind.Cancelled)));
        Assert.That(shard.Retries.Single().Attempt, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_CancelledByUs_NothingIsSentAgain()
    {
        EmulatorScript slow = (Plain with { RunningFor = TimeSpan.FromHours(20) }).Lines(Only(0), Busy).Lines(Only(1), EmulatedResponse.Vanish);
        await using RunScene scene = await RunScene.StartAsync(slow, 10);

        HarvestOptions eager = new() { WasCancelledByUs = true, RetryMissing = true, ShouldRetry = _ => true };
        HarvestedShard shard = await scene.NextAsync(eager, id => CancelAsync(scene, id));

        Assert.That(shard.Counts.Of(BatchOutcomeKind.Cancelled), Is.Positive);
        Assert.That(shard.Retries, Is.Empty);
    }

    [Test]
    public async Task RunAsync_RefusedForOneLine_ItIsSetAsideAndTheRestIsSentAgain()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 10);
        scene.Emulator.ScriptNextBatch(Plain.FailsValidation("invalid_value", "The third line is bad.", line: 3));

        HarvestedShard first = await scene.NextAsync();
        HarvestedShard second = await scene.NextAsync();

        Assert.That(first.Outcomes.Select(outcome => outcome.Kind), Is.All.EqualTo(BatchOutcomeKind.Failed));
        Assert.That(await ReadAsync(scene, 1, first.Outcomes[2]), Does.Contain("The third line is bad."));
        Assert.That(await scene.IdsInAsync(first.Retries.Single().Blob), Has.Length.EqualTo(9).And.None.EqualTo(RunScene.Id(2)));
        Assert.That(first.Retries.Single().Attempt, Is.EqualTo(1));
        Assert.That(RetryTallies.Read(first.Retries.Single().Facts), Is.EqualTo(new RetryTally(Refusals: 1)));
        Assert.That(second.Counts.Of(BatchOutcomeKind.Succeeded), Is.EqualTo(9));
        Assert.That((await scene.Store.CountsAsync(scene.Run.Id)).Of(BatchOutcomeKind.Failed), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_FailedBatchWhoseLinesSayTheyExpired_CountsAnExpiry()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain with { RunningFor = TimeSpan.FromHours(72) }, 30);
        (_, HarvestRequest request) = await scene.EndedAsync();

        using HarvestResult harvest = await scene.HarvestAsync(request with { Batch = request.Batch with { Status = BatchStatus.Failed } });

        NewShard again = harvest.RetryShards.Single();
        Assert.That(again.Lines, Is.EqualTo(harvest.Counts.Of(BatchOutcomeKind.Expired)));
        Assert.That((again.Attempt, RetryTallies.Read(again.Facts)), Is.EqualTo((1, new RetryTally(Expiries: 1))));
    }

    [Test]
    public async Task RunAsync_RefusedAgainAndAgain_GivesUpAtTheLimit()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.FailsValidation("invalid_value", "Bad.", line: 1), 10);

        List<HarvestedShard> shards = await scene.FinishAsync(new HarvestOptions { MaxRefusals = 2 });

        Assert.That(shards.Select(shard => shard.Shard.Lines), Is.EqualTo(new[] { 10, 9, 8 }));
        Assert.That((await scene.Store.CountsAsync(scene.Run.Id)).Of(BatchOutcomeKind.Failed), Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_RefusedAsAWhole_EveryLineFailedForThatReason()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.FailsValidation("model_not_found", "No such model."), 10);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Counts.Of(BatchOutcomeKind.Failed), Is.EqualTo(10));
        Assert.That(shard.Retries, Is.Empty);
        Assert.That((await scene.Results.ReadAsync(scene.Run, CancellationToken.None).ToListAsync()).Select(line => line.Error!.ToString()),
            Is.All.EqualTo("model_not_found: No such model."));
    }

    [Test]
    public async Task RunAsync_TransferBreaks_IsResumedAndWhole()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 200);
        scene.Emulator.OnFileContent.CutBody(10_000, times: 2);

        HarvestedShard shard = await scene.NextAsync();

        Assert.That(shard.Counts.Of(BatchOutcomeKind.Succeeded), Is.EqualTo(200));
    }

    [Test]
    public async Task RunAsync_ContentNotFound_IsNeverMissing()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 10);
        (ShardClaim claim, HarvestRequest request) = await scene.EndedAsync();
        scene.Emulator.OnFileContent.Answer(404, "{}");

        BatchApiException exception = (await Assert.ThrowsAsync<BatchApiException>(() => scene.HarvestAsync(request)))!;

        Assert.That(exception.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using HarvestResult harvest = await scene.HarvestAsync(request);
        Assert.That((await scene.HarvestedAsync(claim, harvest)).Counts.Of(BatchOutcomeKind.Succeeded), Is.EqualTo(10));
    }

    [Test]
    public async Task RunAsync_ErrorInPlaceOfResults_NothingIsConcludedAndNoBlobIsLeft()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 10);
        (_, HarvestRequest request) = await scene.EndedAsync();
        scene.Emulator.OnFileContent.Answer(200, $$$"""{"error":{"message":"Storage refuses {{{scene.Emulator.ApiKey}}}."}}""");

        BatchResponseException refused = (await Assert.ThrowsAsync<BatchResponseException>(() => scene.HarvestAsync(request)))!;

        Assert.That(refused.Message, Does.Contain("Storage refuses ***."));
        Assert.That(scene.Files.Where(file => file.Contains("result", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task RunAsync_FileOfStrangers_NothingIsConcluded()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 10);
        (_, HarvestRequest request) = await scene.EndedAsync();
        scene.Emulator.OnFileContent.Answer(200, "{\"status\":\"warming up\"}\n{\"status\":\"warming up\"}\n", "application/octet-stream");

        await Assert.ThrowsAsync<BatchResponseException>(() => scene.HarvestAsync(request));
    }

    [Test]
    public async Task RunAsync_BatchGoesBackWhileALineIsMissing_NothingIsConcluded()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(4), EmulatedResponse.Vanish), 10);
        (_, HarvestRequest request) = await scene.EndedAsync();
        scene.Emulator.OnGetBatch.Answer(200, $$"""{"id":"{{request.Batch.Id}}","object":"batch","status":"in_progress"}""");

        BatchResponseException exception = (await Assert.ThrowsAsync<BatchResponseException>(() => scene.HarvestAsync(request)))!;

        Assert.That(exception.Message, Does.Contain("'in_progress' now"));
    }

    [Test]
    public async Task RunAsync_BatchNamesAnotherFileLater_ThatOneIsReadToo()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 10);
        (_, HarvestRequest request) = await scene.EndedAsync();
        string[] lines = [.. Enumerable.Range(0, 9).Select(line => Line(line, """{"status_code":200,"body":{"id":"x"}}"""))];
        using MemoryStream early = new(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        BatchFile file = await scene.Client.Files.UploadAsync(early, "early.jsonl", FilePurpose.Batch);

        using HarvestResult harvest = await scene.HarvestAsync(request with { Batch = request.Batch with { OutputFileId = file.Id } });

        Assert.That(harvest.Counts.Of(BatchOutcomeKind.Succeeded), Is.EqualTo(10));
        Assert.That(await ReadAsync(scene, 1, harvest.Outcomes.First()), Does.Contain("usage"), "of the later file");
    }

    [Test]
    public async Task RunAsync_BatchNamesOtherFilesEachTime_GivesUpAndConcludesNothing()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain.Lines(Only(4), EmulatedResponse.Vanish), 10);
        (_, HarvestRequest request) = await scene.EndedAsync();
        using MemoryStream blank = new("\n"u8.ToArray());
        BatchFile file = await scene.Client.Files.UploadAsync(blank, "blank.jsonl", FilePurpose.Batch);
        for (int look = 0; look < 20; look++)
        {
            string names = look % 2 == 0 ? "output_file_id" : "error_file_id";
            scene.Emulator.OnGetBatch.Answer(200, $$"""{"id":"{{request.Batch.Id}}","status":"completed","{{names}}":"{{file.Id}}"}""");
            scene.Emulator.OnGetBatch.Answer(
                200, $$"""{"id":"{{request.Batch.Id}}","status":"completed","output_file_id":"{{request.Batch.OutputFileId}}"}""");
        }

        BatchResponseException exception = (await Assert.ThrowsAsync<BatchResponseException>(() => scene.HarvestAsync(request)))!;

        Assert.That(exception.Message, Does.Contain("other result files each time"));
    }

    [Test]
    public async Task RunAsync_ShardAlreadyHarvested_ThrowsAndItsResultsStay()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 10);
        (_, HarvestRequest request) = await scene.EndedAsync();
        (await scene.HarvestAsync(request)).Dispose();
        ShardRow later = request.Shard with { State = ShardState.Harvested, Fence = request.Shard.Fence + 1 };

        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.HarvestAsync(request with { Shard = later }));

        Assert.That(scene.Files.Count(file => file.Contains("result", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_EarlierClaimLeftResults_TheyAreRemovedAndOursStay()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 10);
        (ShardClaim claim, HarvestRequest request) = await scene.EndedAsync();
        (await scene.HarvestAsync(request)).Dispose();
        await scene.Store.ReleaseAsync(claim);
        ShardClaim later = (await scene.Store.ClaimAsync(scene.Run.Id, 1, "other", TimeSpan.FromDays(1)))!;

        using HarvestResult harvest = await scene.HarvestAsync(request with { Shard = later.Shard });
        await scene.HarvestedAsync(later, harvest);

        Assert.That(scene.Files.Where(file => file.Contains("result", StringComparison.Ordinal)).Select(Path.GetFileName), Has.Exactly(1).Items);
        Assert.That(await scene.Results.ReadAsync(scene.Run, CancellationToken.None).ToListAsync(), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task GiveUpAsync_Shard_EveryLineHasTheReason()
    {
        await using RunScene scene = await RunScene.StartAsync(Plain, 10);
        ShardClaim claim = await scene.Store.ClaimedAsync(scene.Run);

        using HarvestResult harvest = await new ShardHarvest(scene.Blobs, scene.Emulator.Clock)
            .GiveUpAsync(claim.Shard, BatchOutcomeKind.Missing, new BatchError { Message = "Abandoned by hand." }, CancellationToken.None);
        await scene.Store.ApplyAsync(claim, Steps.Step(claim, ShardState.Abandoned) with { Outcomes = harvest.Outcomes });

        List<BatchResultLine> lines = await scene.Results.ReadAsync(scene.Run, CancellationToken.None).ToListAsync();
        Assert.That(lines.Select(line => (line.Kind, line.Error!.Message)),
            Is.All.EqualTo((BatchOutcomeKind.Missing, "Abandoned by hand.")).And.Exactly(10).Items);
    }

    private static Func<EmulatedRequest, bool> Only(int line) => request => request.CustomId == RunScene.Id(line);

    private static string Line(int line, string response) =>
        $$"""{"id":"b","custom_id":"{{RunScene.Id(line)}}","response":{{response}},"error":null}""";

    private static int Gets(RunScene scene) => scene.Emulator.Ledger.Requests.Count(request => request.Route == "GetBatch");

    private static async Task CancelAsync(RunScene scene, string batchId)
    {
        await Task.Delay(TimeSpan.FromHours(5), scene.Emulator.Clock);
        await scene.Client.Batches.CancelAsync(batchId);
    }

    private static async Task<string> ReadAsync(RunScene scene, int shard, LineOutcome outcome)
    {
        await using Stream content = await scene.Blobs.OpenAsync(ResultBlob.NameOf(shard, outcome.File));
        content.Position = outcome.Offset;
        byte[] bytes = new byte[outcome.Length];
        await content.ReadExactlyAsync(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
