using System.Collections.Concurrent;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Store;

[TestFixture(typeof(SqliteStores))]
[TestFixture(typeof(MemoryStores))]
public sealed class ClaimTests<TStores> : StoreTests<TStores>
    where TStores : new()
{
    [Test]
    public async Task ClaimNext_ThreeWorkers_GetThreeShardsInOrderAndTheFourthNone()
    {
        RunRow run = await Store.SealedAsync(shards: 3);

        List<(string, int, long)> given = [];
        foreach (string worker in new[] { "a", "b", "c" })
        {
            ShardClaim claim = (await Store.ClaimNextAsync(run.Id, worker, Steps.Lease, ShardState.Planned))!;
            given.Add((claim.Shard.Worker!, claim.Number, claim.Fence));
        }

        Assert.That(given, Is.EqualTo(new[] { ("a", 1, 1L), ("b", 2, 1L), ("c", 3, 1L) }));
        Assert.That(await Store.ClaimNextAsync(run.Id, "d", Steps.Lease, ShardState.Planned), Is.Null);
    }

    [Test]
    public async Task ClaimNext_OtherStates_AreLeftAlone()
    {
        RunRow run = await Store.SealedAsync(shards: 3);
        await Store.ReleaseAsync(await Store.StepAsync(await Store.ClaimedAsync(run, 2), ShardState.Uploading));

        ShardClaim? uploading = await Store.ClaimNextAsync(run.Id, "a", Steps.Lease, ShardState.Uploading | ShardState.Uploaded);

        Assert.That(uploading!.Number, Is.EqualTo(2));
        Assert.That(await Store.ClaimNextAsync(run.Id, "a", Steps.Lease, ShardState.Created), Is.Null);
    }

    [Test]
    public async Task Claim_LiveLease_IsNullUntilItHasRunOut()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim first = await Store.ClaimedAsync(run);
        Clock.Advance(Steps.Lease - TimeSpan.FromTicks(1));
        Assert.That(await Store.ClaimAsync(run.Id, 1, "b", Steps.Lease), Is.Null);
        Clock.Advance(TimeSpan.FromTicks(1));

        ShardClaim? second = await Store.ClaimNextAsync(run.Id, "b", Steps.Lease, ShardState.All);

        Assert.That(second!.Fence, Is.EqualTo(first.Fence + 1));
        Assert.That(second.Shard.LeasedUntil, Is.EqualTo(Clock.GetUtcNow() + Steps.Lease));
    }

    [Test]
    public async Task ReleaseAll_PauseBeyondTheLongest_IsOverAndOthersAreNot()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        await Store.ReleaseAsync(await Store.ClaimedAsync(run, 1), notBefore: TimeSpan.FromHours(20));
        await Store.ReleaseAsync(await Store.ClaimedAsync(run, 2), notBefore: TimeSpan.FromDays(30));

        await ((IExclusiveStore)Store).ReleaseAllAsync();

        Assert.That(await Store.ClaimAsync(run.Id, 1, "a", Steps.Lease), Is.Null);
        Assert.That(await Store.ClaimAsync(run.Id, 2, "a", Steps.Lease), Is.Not.Null);
    }

    [Test]
    public async Task Claim_NoSuchShard_IsNull()
    {
        RunRow run = await Store.SealedAsync();

        Assert.That(await Store.ClaimAsync(run.Id, 2, "a", Steps.Lease), Is.Null);
        Assert.That(await Store.ClaimAsync(run.Id + 1, 1, "a", Steps.Lease), Is.Null);
    }

    [Test]
    public async Task Renew_LiveLease_CountsFromNow()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);
        Clock.Advance(Steps.Lease / 2);

        Assert.That(await Store.RenewAsync(claim, Steps.Lease), Is.True);

        Clock.Advance(Steps.Lease - TimeSpan.FromTicks(1));
        Assert.That(await Store.ClaimAsync(run.Id, 1, "b", Steps.Lease), Is.Null);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(await Store.ClaimAsync(run.Id, 1, "b", Steps.Lease), Is.Not.Null);
    }

    [Test]
    public async Task Renew_LeaseThatRanOut_IsFalseThoughNobodyElseCame()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);
        Clock.Advance(Steps.Lease);

        Assert.That(await Store.RenewAsync(claim, Steps.Lease), Is.False);
    }

    [Test]
    public async Task PausedWorker_ResumesAfterAnotherClaim_IsPowerless()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim paused = await Store.StepAsync(await Store.ClaimedAsync(run), ShardState.Uploading);
        Clock.Advance(Steps.Lease);
        ShardClaim other = (await Store.ClaimNextAsync(run.Id, "other", Steps.Lease, ShardState.All))!;

        Assert.That(await Store.RenewAsync(paused, Steps.Lease), Is.False);
        Assert.That(await Store.ReleaseAsync(paused, TimeSpan.FromDays(1)), Is.False);
        Assert.That(await Store.ReserveAsync(paused, new BudgetLimits()), Is.EqualTo(ReserveOutcome.Fenced));
        ApplyResult late = await Store.ApplyAsync(paused, Steps.Step(paused, ShardState.Uploaded) with { NewShards = [new NewShard("x", 1, 1, 1)] });

        Assert.That(late, Is.EqualTo(new ApplyResult(ApplyOutcome.Fenced, other.Shard)));
        Assert.That(await Store.ListShardsAsync(run.Id), Is.EqualTo(new[] { other.Shard }), "nothing of it may be seen");
        await Store.StepAsync(other, ShardState.Uploaded);
    }

    [Test]
    public async Task Apply_LeaseRanOutAndNobodyCame_StillCounts()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);
        Clock.Advance(Steps.Lease * 2);

        await Store.StepAsync(claim, ShardState.Uploading);
    }

    [Test]
    public async Task Release_WithDelay_GivesNoClaimBefore()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);

        Assert.That(await Store.ReleaseAsync(claim, TimeSpan.FromMinutes(1)), Is.True);

        Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.That(await Store.ClaimNextAsync(run.Id, "b", Steps.Lease, ShardState.All), Is.Null);
        Assert.That(await Store.ClaimAsync(run.Id, 1, "b", Steps.Lease), Is.Null);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(await Store.ClaimNextAsync(run.Id, "b", Steps.Lease, ShardState.All), Is.Not.Null);
    }

    [Test]
    public async Task Release_WithoutDelay_KeepsWhatTheTransitionSaid()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);
        ApplyResult waits = await Store.ApplyAsync(claim, new ShardTransition("wait", ShardState.Planned) { NotBefore = TimeSpan.FromMinutes(1) });

        await Store.ReleaseAsync(claim with { Shard = waits.Shard });

        Assert.That(await Store.ClaimAsync(run.Id, 1, "b", Steps.Lease), Is.Null);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await Store.ClaimAsync(run.Id, 1, "b", Steps.Lease), Is.Not.Null);
    }

    [Test]
    public async Task Claim_AfterARestart_KeepsFenceAndLease()
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.ClaimedAsync(run);
        await RestartAsync();

        Assert.That(await Store.ListShardsAsync(run.Id), Is.EqualTo(new[] { claim.Shard }));
        Assert.That(await Store.ClaimAsync(run.Id, 1, "b", Steps.Lease), Is.Null);
    }

    [Test]
    public async Task ReleaseAll_LiveLeases_AreOverAndLaterClaimsFenceTheirs()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        RunRow other = await Store.SealedAsync(name: "other");
        ShardClaim[] before = [await Store.ClaimedAsync(run, 1), await Store.ClaimedAsync(run, 2), await Store.ClaimedAsync(other)];

        await ((IExclusiveStore)Store).ReleaseAllAsync();

        Assert.That(await Store.ListShardsAsync(run.Id), Has.All.Matches<ShardRow>(shard => shard is { Worker: null, LeasedUntil: null, Fence: 1 }));
        Assert.That(await Store.RenewAsync(before[0], Steps.Lease), Is.False);
        ShardClaim[] after = [await Store.ClaimedAsync(run, 1), await Store.ClaimedAsync(run, 2), await Store.ClaimedAsync(other)];
        Assert.That(after.Select(claim => claim.Fence), Has.All.EqualTo(2));
        foreach (ShardClaim claim in before)
            Assert.That((await Store.ApplyAsync(claim, Steps.Step(claim, ShardState.Uploading))).Outcome, Is.EqualTo(ApplyOutcome.Fenced));
    }

    [Test]
    public async Task ReleaseAll_OpenIntentAndPause_StayWhatTheyAre()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        ShardClaim intent = await Store.StepAsync(await Store.ClaimedAsync(run), ShardState.Uploading, ShardState.Uploaded, ShardState.Intent);
        await Store.ReleaseAsync(await Store.ClaimedAsync(run, 2), TimeSpan.FromHours(1));

        await ((IExclusiveStore)Store).ReleaseAllAsync();

        Assert.That(await Store.PermitsCreateAsync(intent, TimeSpan.Zero), Is.False);
        Assert.That((await Store.ClaimedAsync(run)).MayCreate, Is.False);
        Assert.That(await Store.ClaimAsync(run.Id, 2, "b", Steps.Lease), Is.Null);
    }

    [Test]
    public async Task ClaimNext_ManyWorkersAtOnce_NeverGiveAShardTwice()
    {
        const int Shards = 120;
        RunRow run = await Store.SealedAsync(Shards);
        ConcurrentBag<int> given = [];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            while (await Store.ClaimNextAsync(run.Id, $"worker {worker}", Steps.Lease, ShardState.Planned) is { } claim)
                given.Add(claim.Number);
        })));

        Assert.That(given.Order(), Is.EqualTo(Enumerable.Range(1, Shards)));
    }

    [Test]
    public async Task Claim_OneShardAndManyWorkers_GivesGrowingFences()
    {
        RunRow run = await Store.SealedAsync();
        ConcurrentBag<long> fences = [];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                if (await Store.ClaimAsync(run.Id, 1, $"worker {worker}", Steps.Lease) is not { } claim)
                    continue;
                fences.Add(claim.Fence);
                await Store.ReleaseAsync(claim);
            }
        })));

        Assert.That(fences.Order(), Is.EqualTo(Enumerable.Range(1, fences.Count)));
    }
}
