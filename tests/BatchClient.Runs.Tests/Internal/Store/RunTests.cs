using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Store;

[TestFixture(typeof(SqliteStores))]
[TestFixture(typeof(MemoryStores))]
public sealed class RunTests<TStores> : StoreTests<TStores>
    where TStores : new()
{
    [Test]
    public async Task OpenRun_NewName_IsMadeWithWhatWasGiven()
    {
        RunRow run = await Store.OpenRunAsync("nightly", """{"attempts":3}""", TimeSpan.FromHours(30));

        Assert.Multiple(() =>
        {
            Assert.That(run.Name, Is.EqualTo("nightly"));
            Assert.That(run.State, Is.EqualTo(RunState.Spooling));
            Assert.That(run.Input, Is.Null);
            Assert.That(run.Settings, Is.EqualTo("""{"attempts":3}"""));
            Assert.That(run.CreatedAt, Is.EqualTo(Clock.GetUtcNow()));
            Assert.That(run.Deadline, Is.EqualTo(Clock.GetUtcNow() + TimeSpan.FromHours(30)));
            Assert.That(run.EndedAt, Is.Null);
            Assert.That(run.CancelRequested, Is.False);
        });
    }

    [Test]
    public async Task OpenRun_KnownName_IsTheFirstOneWithItsSettings()
    {
        RunRow first = await Store.OpenRunAsync("nightly", "{}");
        Clock.Advance(TimeSpan.FromHours(1));
        await RestartAsync();

        RunRow again = await Store.OpenRunAsync("nightly", """{"other":true}""", TimeSpan.FromHours(1));

        Assert.That(again, Is.EqualTo(first));
        Assert.That(await Store.ListRunsAsync(), Is.EqualTo(new[] { first }));
    }

    [Test]
    public async Task FindRun_UnknownName_IsNullAndMakesNone()
    {
        Assert.That(await Store.FindRunAsync("nightly"), Is.Null);
        Assert.That(await Store.ListRunsAsync(), Is.Empty);
    }

    [Test]
    public async Task ListRuns_Several_AreInTheOrderInWhichTheyWereMade()
    {
        RunRow[] made = [await Store.OpenRunAsync("b"), await Store.OpenRunAsync("a"), await Store.OpenRunAsync("c")];
        await Store.OpenRunAsync("a");
        await RestartAsync();

        Assert.That(await Store.ListRunsAsync(), Is.EqualTo(made));
        Assert.That(await Store.FindRunAsync("a"), Is.EqualTo(made[1]));
    }

    [Test]
    public async Task ListShards_OfSomeStates_AreByNumberAndOfThisRunAlone()
    {
        RunRow run = await Store.SealedAsync(shards: 4);
        await Store.SealedAsync(name: "other");
        await Store.StepAsync(await Store.ClaimedAsync(run, 3), ShardState.Uploading);
        await Store.StepAsync(await Store.ClaimedAsync(run, 2), ShardState.Uploading, ShardState.Uploaded);

        IReadOnlyList<ShardRow> some = await Store.ListShardsAsync(run.Id, ShardState.Uploading | ShardState.Uploaded);

        Assert.That(some.Select(shard => (shard.Number, shard.State)), Is.EqualTo(new[] { (2, ShardState.Uploaded), (3, ShardState.Uploading) }));
        Assert.That((await Store.ListShardsAsync(run.Id)).Select(shard => shard.Number), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(await Store.ListShardsAsync(run.Id, ShardState.Created), Is.Empty);
        Assert.That(await Store.ListShardsAsync(run.Id + 100), Is.Empty);
    }

    [Test]
    public async Task SealInput_RunThatIsGone_IsAProgrammingError()
    {
        RunRow run = await Store.OpenRunAsync("nightly");
        await Store.DeleteRunAsync(run.Id);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.SealInputAsync(run.Id, Steps.Input(10), [new NewShard("shard/1", 10, 1, 1)]));
        Assert.That(await Store.ApplyRunAsync(run, RunState.Ended), Is.Null);
    }

    [Test]
    public async Task SealInput_FirstTime_PlansTheShardsInOrder()
    {
        RunRow run = await Store.OpenRunAsync("nightly");

        SealResult result = await Store.SealInputAsync(
            run.Id, Steps.Input(15), [new NewShard("shard/a", 10, 5000, 70) { Facts = """{"client":"eu"}""" }, new NewShard("shard/b", 5, 2500, 30)]);

        IReadOnlyList<ShardRow> shards = await Store.ListShardsAsync(run.Id);
        RunRow? stored = await Store.FindRunAsync("nightly");
        Assert.Multiple(() =>
        {
            Assert.That(result, Is.EqualTo(new SealResult(SealOutcome.Sealed, Steps.Input(15), Steps.Input(15))));
            Assert.That(stored!.Input, Is.EqualTo(Steps.Input(15)));
            Assert.That(stored.State, Is.EqualTo(RunState.Running));
            Assert.That(shards, Is.EqualTo(new[]
            {
                new ShardRow
                {
                    Run = run.Id, Number = 1, Attempt = 1, FirstLine = 0, Lines = 10, Bytes = 5000, Tokens = 70, Blob = "shard/a",
                    State = ShardState.Planned, Facts = """{"client":"eu"}""",
                },
                new ShardRow
                {
                    Run = run.Id, Number = 2, Attempt = 1, FirstLine = 10, Lines = 5, Bytes = 2500, Tokens = 30, Blob = "shard/b",
                    State = ShardState.Planned,
                },
            }));
        });
    }

    [Test]
    public async Task SealInput_SameInputAgain_ChangesNothing()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        await RestartAsync();

        SealResult again = await Store.SealInputAsync(run.Id, Steps.Input(20), [new NewShard("shard/other", 20, 1, 1)]);

        Assert.That(again.Outcome, Is.EqualTo(SealOutcome.AlreadySealed));
        Assert.That((await Store.ListShardsAsync(run.Id)).Select(shard => shard.Blob), Is.EqualTo(new[] { "shard/1", "shard/2" }));
        Assert.That(await Store.FindRunAsync("nightly"), Is.EqualTo(run));
    }

    [Test]
    public async Task SealInput_AnotherInput_IsAConflictThatCarriesBoth()
    {
        RunRow run = await Store.SealedAsync();
        InputSeal other = new("other", 3, 300);

        SealResult result = await Store.SealInputAsync(run.Id, other, [new NewShard("shard/other", 3, 300, 1)]);

        Assert.That(result, Is.EqualTo(new SealResult(SealOutcome.Conflict, other, Steps.Input(10))));
        Assert.That(await Store.ListShardsAsync(run.Id), Has.Count.EqualTo(1));
        Assert.That(await Store.FindRunAsync("nightly"), Is.EqualTo(run));
    }

    [Test]
    public async Task SealInput_ShardsThatMissALine_IsRefusedAndLeavesTheRunOpen()
    {
        RunRow run = await Store.OpenRunAsync("nightly");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.SealInputAsync(run.Id, Steps.Input(11), [new NewShard("shard/1", 10, 1, 1)]));

        Assert.That(await Store.FindRunAsync("nightly"), Is.EqualTo(run));
    }

    [Test]
    public async Task ApplyRun_PresentVersion_MovesAndTellsTheTime()
    {
        RunRow run = await Store.SealedAsync();
        Clock.Advance(TimeSpan.FromHours(2));

        RunRow? ended = await Store.ApplyRunAsync(run, RunState.Ended);

        Assert.That(ended, Is.EqualTo(run with { State = RunState.Ended, Version = run.Version + 1, EndedAt = Clock.GetUtcNow() }));
        Assert.That(await Store.FindRunAsync("nightly"), Is.EqualTo(ended));
    }

    [Test]
    public async Task ApplyRun_CancelRequestedMeanwhile_IsNull()
    {
        RunRow run = await Store.SealedAsync();
        Assert.That(await Store.RequestCancelAsync(run.Id), Is.True);

        Assert.That(await Store.ApplyRunAsync(run, RunState.Ended), Is.Null);

        RunRow? stored = await Store.FindRunAsync("nightly");
        Assert.That(stored!.State, Is.EqualTo(RunState.Running));
        Assert.That(stored.CancelRequested, Is.True);
    }

    [Test]
    public async Task RequestCancel_Twice_CountsOnce()
    {
        RunRow run = await Store.SealedAsync();
        await Store.RequestCancelAsync(run.Id);
        RunRow? requested = await Store.FindRunAsync("nightly");

        Assert.That(await Store.RequestCancelAsync(run.Id), Is.True);

        Assert.That(await Store.FindRunAsync("nightly"), Is.EqualTo(requested));
        Assert.That(await Store.RequestCancelAsync(run.Id + 1), Is.False);
    }

    [Test]
    public async Task ApplyRun_StateThatDoesNotFollow_IsAProgrammingError()
    {
        RunRow run = await Store.OpenRunAsync("nightly");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.ApplyRunAsync(run, RunState.Running));
    }

    [Test]
    public async Task DeleteRun_WithEverything_LeavesTheOthersAndFencesItsClaims()
    {
        RunRow run = await Store.SealedAsync();
        RunRow other = await Store.SealedAsync(name: "other");
        ShardClaim claim = await Store.TerminalAsync(run);
        await Store.HarvestAsync(claim, [Steps.Outcome(0)]);
        await Store.HarvestAsync(await Store.TerminalAsync(other), [Steps.Outcome(1)]);

        Assert.That(await Store.DeleteRunAsync(run.Id), Is.True);

        ApplyResult late = await Store.ApplyAsync(claim, new ShardTransition("late", ShardState.Harvested));
        List<LineOutcome> outcomes = await Store.ReadOutcomesAsync(run.Id).ToListAsync();
        List<ShardEvent> events = await Store.ReadEventsAsync(run.Id).ToListAsync();
        List<LineOutcome> others = await Store.ReadOutcomesAsync(other.Id).ToListAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await Store.ListRunsAsync(), Is.EqualTo(new[] { other }));
            Assert.That(await Store.ListShardsAsync(run.Id), Is.Empty);
            Assert.That(outcomes, Is.Empty);
            Assert.That(events, Is.Empty);
            Assert.That((await Store.CountsAsync(run.Id)).Lines, Is.Empty);
            Assert.That(others, Has.Count.EqualTo(1));
            Assert.That(late, Is.EqualTo(new ApplyResult(ApplyOutcome.Fenced, claim.Shard)));
            Assert.That(await Store.RenewAsync(claim, Steps.Lease), Is.False);
            Assert.That(await Store.ReleaseAsync(claim), Is.False);
            Assert.That(await Store.PermitsCreateAsync(claim, TimeSpan.Zero), Is.False);
            Assert.That(await Store.ReserveAsync(claim, new BudgetLimits()), Is.EqualTo(ReserveOutcome.Fenced));
            Assert.That(await Store.DeleteRunAsync(run.Id), Is.False);
        });
    }

    [Test]
    public async Task DeleteRun_NameUsedAgain_IsANewRunWithANewId()
    {
        RunRow run = await Store.SealedAsync();
        await Store.DeleteRunAsync(run.Id);

        RunRow again = await Store.OpenRunAsync("nightly");

        Assert.That(again.Id, Is.GreaterThan(run.Id), "what was named after the old id must not be taken for the new run's");
        Assert.That(again.Input, Is.Null);
    }
}
