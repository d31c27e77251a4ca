using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Store;

[TestFixture(typeof(SqliteStores))]
[TestFixture(typeof(MemoryStores))]
public sealed class IntentTests<TStores> : StoreTests<TStores>
    where TStores : new()
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    [Test]
    public async Task PermitsCreate_OwnIntentAndLiveLease_IsTrue()
    {
        ShardClaim claim = await UploadedAsync();
        Assert.That(await Store.PermitsCreateAsync(claim, Margin), Is.False, "there is no intent yet");

        claim = await Store.StepAsync(claim, ShardState.Intent);

        Assert.That(claim.Shard.IntentFence, Is.EqualTo(claim.Fence));
        Assert.That(await Store.PermitsCreateAsync(claim, Margin), Is.True);
    }

    [Test]
    public async Task PermitsCreate_LeaseThatLastsNoLongerThanTheMargin_IsFalse()
    {
        ShardClaim claim = await Store.StepAsync(await UploadedAsync(), ShardState.Intent);
        Clock.Advance(Steps.Lease - Margin - TimeSpan.FromTicks(1));
        Assert.That(await Store.PermitsCreateAsync(claim, Margin), Is.True);
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.That(await Store.PermitsCreateAsync(claim, Margin), Is.False);
        Assert.That(await Store.RenewAsync(claim, Steps.Lease), Is.True);
        Assert.That(await Store.PermitsCreateAsync(claim, Margin), Is.True, "the lease is renewed, the intent is still its own");
    }

    [Test]
    public async Task Claim_OpenIntent_MayOnlyReconcile()
    {
        ShardClaim first = await Store.StepAsync(await UploadedAsync(), ShardState.Intent);
        Clock.Advance(Steps.Lease);
        await RestartAsync();

        ShardClaim second = (await Store.ClaimNextAsync(first.Run, "other", Steps.Lease, ShardState.Intent))!;

        Assert.That(first.MayCreate, Is.True);
        Assert.That(second.MayCreate, Is.False);
        Assert.That(await Store.PermitsCreateAsync(first, Margin), Is.False, "it was claimed by another");
        Assert.That(await Store.PermitsCreateAsync(second, Margin), Is.False, "the intent is another's");
    }

    [Test]
    public async Task PermitsCreate_ReconcilingClaimThatRecordsFacts_StaysFalse()
    {
        ShardClaim claim = await ReclaimedIntentAsync();

        claim = await Store.StepAsync(claim, ShardState.Intent);

        Assert.That(await Store.PermitsCreateAsync(claim, TimeSpan.Zero), Is.False);
    }

    [Test]
    public async Task Apply_AnotherIntentUnderAReconcilingClaim_IsAProgrammingError()
    {
        ShardClaim claim = await Store.StepAsync(await ReclaimedIntentAsync(), ShardState.Uploaded);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.ApplyAsync(claim, Steps.Step(claim, ShardState.Intent)));

        await Store.ReleaseAsync(claim);
        ShardClaim again = (await Store.ClaimNextAsync(claim.Run, "third", Steps.Lease, ShardState.Uploaded))!;
        again = await Store.StepAsync(again, ShardState.Intent);
        Assert.That(await Store.PermitsCreateAsync(again, Margin), Is.True, "the proof is durable, and a new claim may begin anew");
    }

    [Test]
    public async Task Apply_IntentUnderALeaseThatRanOut_IsFenced()
    {
        ShardClaim claim = await UploadedAsync();
        Clock.Advance(Steps.Lease);

        ApplyResult result = await Store.ApplyAsync(claim, Steps.Step(claim, ShardState.Intent));

        Assert.That(result, Is.EqualTo(new ApplyResult(ApplyOutcome.Fenced, claim.Shard)));
        Assert.That(await Store.ListShardsAsync(claim.Run), Is.EqualTo(new[] { claim.Shard }));
    }

    [Test]
    public async Task Apply_IntentAfterARelease_IsFenced()
    {
        ShardClaim claim = await UploadedAsync();
        await Store.ReleaseAsync(claim);

        ApplyResult result = await Store.ApplyAsync(claim, Steps.Step(claim, ShardState.Intent));

        Assert.That(result.Outcome, Is.EqualTo(ApplyOutcome.Fenced));
    }

    [Test]
    public async Task Apply_CreatedAfterTheLeaseRanOut_IsKept()
    {
        ShardClaim claim = await Store.StepAsync(await UploadedAsync(), ShardState.Intent);
        Clock.Advance(Steps.Lease * 2);

        claim = await Store.StepAsync(claim, ShardState.Created);

        Assert.That(claim.Shard.IntentFence, Is.Null);
    }

    [Test]
    public async Task Apply_RefusedCreate_MayIntendAgainUnderTheSameClaim()
    {
        ShardClaim claim = await Store.StepAsync(await UploadedAsync(), ShardState.Intent, ShardState.Uploaded);
        Assert.That(await Store.PermitsCreateAsync(claim, Margin), Is.False);

        claim = await Store.StepAsync(claim, ShardState.Intent);

        Assert.That(await Store.PermitsCreateAsync(claim, Margin), Is.True);
    }

    private async Task<ShardClaim> UploadedAsync() =>
        await Store.StepAsync(await Store.ClaimedAsync(await Store.SealedAsync()), ShardState.Uploading, ShardState.Uploaded);

    private async Task<ShardClaim> ReclaimedIntentAsync()
    {
        ShardClaim lost = await Store.StepAsync(await UploadedAsync(), ShardState.Intent);
        Clock.Advance(Steps.Lease);
        return (await Store.ClaimAsync(lost.Run, lost.Number, "other", Steps.Lease))!;
    }
}
