using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Store;

[TestFixture(typeof(SqliteStores))]
[TestFixture(typeof(MemoryStores))]
public sealed class BudgetTests<TStores> : StoreTests<TStores>
    where TStores : new()
{
    [Test]
    public async Task Reserve_Again_IsAlreadyReservedAndTakesNoMore()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        BudgetLimits two = new(Batches: 2);
        ShardClaim first = await Store.ClaimedAsync(run, 1);
        Assert.That(await Store.ReserveAsync(first, two), Is.EqualTo(ReserveOutcome.Reserved));
        await RestartAsync();

        Assert.That(await Store.ReserveAsync(first, two), Is.EqualTo(ReserveOutcome.AlreadyReserved));
        Assert.That(await Store.ReserveAsync(await Store.ClaimedAsync(run, 2), two), Is.EqualTo(ReserveOutcome.Reserved));
    }

    [Test]
    public async Task Reserve_BatchesTaken_IsFullUntilATransitionFreesOne()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        BudgetLimits one = new(Batches: 1);
        ShardClaim first = await Store.TerminalAsync(run, 1);
        ShardClaim second = await Store.ClaimedAsync(run, 2);
        await Store.ReserveAsync(first, one);
        Assert.That(await Store.ReserveAsync(second, one), Is.EqualTo(ReserveOutcome.Full));

        await Store.HarvestAsync(first, []);

        Assert.That(await Store.ReserveAsync(second, one), Is.EqualTo(ReserveOutcome.Reserved));
    }

    [Test]
    public async Task Reserve_TokensTaken_IsFull()
    {
        RunRow run = await Store.SealedAsync(shards: 3, tokens: 100);
        BudgetLimits limits = new(Tokens: 200);
        Assert.That(await Store.ReserveAsync(await Store.ClaimedAsync(run, 1), limits), Is.EqualTo(ReserveOutcome.Reserved));
        Assert.That(await Store.ReserveAsync(await Store.ClaimedAsync(run, 2), limits), Is.EqualTo(ReserveOutcome.Reserved));

        Assert.That(await Store.ReserveAsync(await Store.ClaimedAsync(run, 3), limits), Is.EqualTo(ReserveOutcome.Full));
        Assert.That((await Store.ListShardsAsync(run.Id)).Select(shard => shard.Reserved), Is.EqualTo(new long?[] { 100, 100, null }));
    }

    [Test]
    public async Task Reserve_MoreThanTheLimit_IsGrantedAloneOnly()
    {
        RunRow run = await Store.SealedAsync(shards: 2, tokens: 100);
        BudgetLimits small = new(Tokens: 50);

        ShardClaim first = await Store.ClaimedAsync(run, 1);
        Assert.That(await Store.ReserveAsync(first, small), Is.EqualTo(ReserveOutcome.Reserved), "else it could never run");
        Assert.That(await Store.ReserveAsync(await Store.ClaimedAsync(run, 2), small), Is.EqualTo(ReserveOutcome.Full));
    }

    [Test]
    public async Task Reserve_OtherRun_HasItsOwnBudget()
    {
        BudgetLimits one = new(Batches: 1);
        await Store.ReserveAsync(await Store.ClaimedAsync(await Store.SealedAsync()), one);

        ReserveOutcome other = await Store.ReserveAsync(await Store.ClaimedAsync(await Store.SealedAsync(name: "other")), one);

        Assert.That(other, Is.EqualTo(ReserveOutcome.Reserved));
    }

    [Test]
    public async Task Reserve_ManyAtOnce_NeverExceedTheLimit()
    {
        RunRow run = await Store.SealedAsync(shards: 20);
        ShardClaim[] claims = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => Store.ClaimedAsync(run, number)));

        BudgetLimits seven = new(Batches: 7);
        ReserveOutcome[] outcomes = await Task.WhenAll(claims.Select(claim => Task.Run(() => Store.ReserveAsync(claim, seven))));

        Assert.That(outcomes.Count(outcome => outcome == ReserveOutcome.Reserved), Is.EqualTo(7));
    }
}
