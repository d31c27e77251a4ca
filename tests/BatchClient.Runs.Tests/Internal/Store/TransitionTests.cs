using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Store;

[TestFixture(typeof(SqliteStores))]
[TestFixture(typeof(MemoryStores))]
public sealed class TransitionTests<TStores> : StoreTests<TStores>
    where TStores : new()
{
    [Test]
    public async Task Apply_Step_ChangesStateVersionAndFacts()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);

        ApplyResult result = await Store.ApplyAsync(claim, new ShardTransition("upload", ShardState.Uploading) { Facts = """{"token":"t"}""" });
        await RestartAsync();

        Assert.That(result.Outcome, Is.EqualTo(ApplyOutcome.Applied));
        Assert.That(result.Shard, Is.EqualTo(claim.Shard with { State = ShardState.Uploading, Version = 1, Facts = """{"token":"t"}""" }));
        Assert.That(await Store.ListShardsAsync(run.Id), Is.EqualTo(new[] { result.Shard }));
    }

    [Test]
    public async Task Apply_WithoutFactsOrBatch_LeavesTheOnesThatAreKnown()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);
        ApplyResult first = await Store.ApplyAsync(claim, new ShardTransition("1", ShardState.Uploading) { Facts = "{}", BatchId = "batch_1" });

        ApplyResult second = await Store.ApplyAsync(claim with { Shard = first.Shard }, new ShardTransition("2", ShardState.Uploaded));

        Assert.That((second.Shard.Facts, second.Shard.BatchId), Is.EqualTo(("{}", "batch_1")));
    }

    [Test]
    public async Task Apply_CommandAgain_IsAlreadyAppliedWhateverHappenedSince()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.TerminalAsync(run);
        NewShard retry = new("retry/1", 1, 1, 1);
        ShardTransition harvest = new("harvest", ShardState.Harvested) { Outcomes = [Steps.Outcome(0)], NewShards = [retry] };
        await Store.ApplyAsync(claim, harvest);
        RunCounts counts = await Store.CountsAsync(run.Id);

        ApplyResult same = await Store.ApplyAsync(claim, harvest);
        Clock.Advance(Steps.Lease);
        ShardClaim other = await Store.ClaimedAsync(run, worker: "other");
        ApplyResult fenced = await Store.ApplyAsync(claim, harvest);
        await RestartAsync();
        ApplyResult restarted = await Store.ApplyAsync(other, harvest);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(new[] { same.Outcome, fenced.Outcome, restarted.Outcome }, Is.All.EqualTo(ApplyOutcome.AlreadyApplied));
            Assert.That(restarted.Shard, Is.EqualTo(other.Shard));
            Assert.That(await Store.ListShardsAsync(run.Id), Has.Count.EqualTo(2), "a retry shard that is planned twice is paid twice");
            Assert.That((await Store.CountsAsync(run.Id)).Duplicates, Is.Zero);
            Assert.That((await Store.CountsAsync(run.Id)).InputTokens, Is.EqualTo(counts.InputTokens));
        });
    }

    [Test]
    public async Task Apply_SameCommandOnAnotherShard_IsAnotherStep()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        ShardTransition upload = new("upload", ShardState.Uploading);
        await Store.ApplyAsync(await Store.ClaimedAsync(run, 1), upload);

        ApplyResult second = await Store.ApplyAsync(await Store.ClaimedAsync(run, 2), upload);

        Assert.That(second.Outcome, Is.EqualTo(ApplyOutcome.Applied));
    }

    [Test]
    public async Task Apply_OldVersion_IsAConflict()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim old = await Store.ClaimedAsync(run);
        ShardClaim now = await Store.StepAsync(old, ShardState.Uploading);

        ApplyResult result = await Store.ApplyAsync(old, new ShardTransition("other", ShardState.Uploading));

        Assert.That(result, Is.EqualTo(new ApplyResult(ApplyOutcome.Conflict, now.Shard)));
        Assert.That(await Store.ListShardsAsync(run.Id), Is.EqualTo(new[] { now.Shard }));
    }

    [Test]
    public async Task Apply_StepThatIsNotAllowed_IsAProgrammingErrorAndChangesNothing()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.ApplyAsync(claim, new ShardTransition("skip", ShardState.Created)));

        Assert.That(await Store.ListShardsAsync(run.Id), Is.EqualTo(new[] { claim.Shard }));
        Assert.That(await Store.ReadEventsAsync(run.Id).ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task Apply_NewShards_GetTheNextNumbersAndTheirParent()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        ShardClaim claim = await Store.TerminalAsync(run, 1);

        NewShard first = new("retry/1", 3, 300, 9) { Attempt = 2, Facts = "{}" };
        await Store.HarvestAsync(claim, [], first, new NewShard("retry/2", 1, 100, 3) { Attempt = 2 });

        IReadOnlyList<ShardRow> planned = await Store.ListShardsAsync(run.Id, ShardState.Planned);
        Assert.That(planned.Select(shard => (shard.Number, shard.Attempt, shard.Parent, shard.FirstLine, shard.Blob, shard.Facts)), Is.EqualTo(new[]
        {
            (2, 1, (int?)null, (long?)10, "shard/2", (string?)null),
            (3, 2, 1, null, "retry/1", "{}"),
            (4, 2, 1, null, "retry/2", null),
        }));
    }

    [Test]
    public async Task Apply_OutcomesThatFailHalfway_ChangeNothing()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.TerminalAsync(run);

        static IEnumerable<LineOutcome> Broken()
        {
            yield return Steps.Outcome(0);
            throw new IOException("the result file is gone");
        }

        await Assert.ThrowsAsync<IOException>(() => Store.HarvestAsync(claim, Broken(), new NewShard("retry/1", 1, 1, 1)));

        Assert.That(await Store.ReadOutcomesAsync(run.Id).ToListAsync(), Is.Empty);
        Assert.That((await Store.CountsAsync(run.Id)).Lines, Is.Empty);
        Assert.That(await Store.ListShardsAsync(run.Id), Is.EqualTo(new[] { claim.Shard }));
        Assert.That((await Store.HarvestAsync(claim, [Steps.Outcome(0)])).Outcome, Is.EqualTo(ApplyOutcome.Applied));
    }

    [Test]
    public async Task Apply_CancelledAmongTheOutcomes_ChangesNothing()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.TerminalAsync(run);
        using CancellationTokenSource cancellation = new();

        IEnumerable<LineOutcome> Outcomes()
        {
            yield return Steps.Outcome(0);
            cancellation.Cancel();
            yield return Steps.Outcome(1);
        }

        ShardTransition harvest = Steps.Step(claim, ShardState.Harvested) with { Outcomes = Outcomes() };
        await Assert.CatchAsync<OperationCanceledException>(() => Store.ApplyAsync(claim, harvest, cancellation.Token));

        Assert.That(await Store.ListShardsAsync(run.Id), Is.EqualTo(new[] { claim.Shard }));
        Assert.That(await Store.ReadOutcomesAsync(run.Id).ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task ReadEvents_AfterASequence_GivesTheLaterOnes()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        RunRow other = await Store.SealedAsync(name: "other");
        ShardClaim first = await Store.StepAsync(await Store.ClaimedAsync(run, 1), ShardState.Uploading);
        await Store.StepAsync(await Store.ClaimedAsync(other), ShardState.Uploading);
        ShardEvent seen = (await Store.ReadEventsAsync(run.Id).ToListAsync()).Single();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Store.ApplyAsync(first, new ShardTransition("uploaded", ShardState.Uploaded) { Facts = """{"file":"f"}""", BatchId = "batch_1" });
        await Store.StepAsync(await Store.ClaimedAsync(run, 2), ShardState.Uploading);
        await RestartAsync();

        List<ShardEvent> later = await Store.ReadEventsAsync(run.Id, seen.Sequence).ToListAsync();

        Assert.That(later, Has.Count.EqualTo(2));
        Assert.That(later[0], Is.EqualTo(new ShardEvent(
            later[0].Sequence, run.Id, 1, 2, "uploaded", ShardState.Uploading, ShardState.Uploaded,
            "batch_1", """{"file":"f"}""", Clock.GetUtcNow())));
        Assert.That(later[1].Shard, Is.EqualTo(2));
        Assert.That(later[1].Sequence, Is.GreaterThan(later[0].Sequence));
        Assert.That(await Store.ReadEventsAsync(run.Id, later[1].Sequence).ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task FindBatch_BatchThatWasReplaced_IsStillKnown()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        ShardClaim claim = await Store.StepAsync(await Store.ClaimedAsync(run, 2), ShardState.Uploading, ShardState.Uploaded, ShardState.Intent);
        claim = claim with { Shard = (await Store.ApplyAsync(claim, Steps.Step(claim, ShardState.Created) with { BatchId = "batch_1" })).Shard };
        claim = await Store.StepAsync(claim, ShardState.Terminal, ShardState.Uploaded, ShardState.Intent);
        claim = claim with { Shard = (await Store.ApplyAsync(claim, Steps.Step(claim, ShardState.Created) with { BatchId = "batch_2" })).Shard };

        Assert.That(await Store.FindBatchAsync("batch_1"), Is.EqualTo(claim.Shard));
        Assert.That(await Store.FindBatchAsync("batch_2"), Is.EqualTo(claim.Shard));
        Assert.That(await Store.FindBatchAsync("batch_3"), Is.Null);
    }
}
