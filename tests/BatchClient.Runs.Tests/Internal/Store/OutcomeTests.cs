using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Store;

[TestFixture(typeof(SqliteStores))]
[TestFixture(typeof(MemoryStores))]
public sealed class OutcomeTests<TStores> : StoreTests<TStores>
    where TStores : new()
{
    [Test]
    public async Task ReadOutcomes_GivenInAnyOrder_ComeInTheOrderOfTheInput()
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        LineOutcome odd = new()
        {
            Line = 12,
            Kind = BatchOutcomeKind.Failed,
            File = 1,
            Offset = 5_000_000_000,
            Length = 70_000,
            StatusCode = 429,
            InputTokens = 1,
            OutputTokens = 2,
        };
        await Store.HarvestAsync(await Store.TerminalAsync(run, 2), [odd, Steps.Outcome(10, BatchOutcomeKind.Missing)]);
        await Store.HarvestAsync(await Store.TerminalAsync(run, 1), [Steps.Outcome(3), Steps.Outcome(0)]);
        await RestartAsync();

        List<LineOutcome> outcomes = await Store.ReadOutcomesAsync(run.Id).ToListAsync();

        Assert.That(outcomes, Is.EqualTo(new[]
        {
            Steps.Outcome(0) with { Shard = 1, Attempt = 1 },
            Steps.Outcome(3) with { Shard = 1, Attempt = 1 },
            Steps.Outcome(10, BatchOutcomeKind.Missing) with { Shard = 2, Attempt = 1 },
            odd with { Shard = 2, Attempt = 1 },
        }));
        Assert.That((await Store.ReadOutcomesAsync(run.Id, fromLine: 4).ToListAsync()).Select(outcome => outcome.Line), Is.EqualTo(new[] { 10, 12 }));
    }

    [Test]
    public async Task Counts_Kinds_AreThoseThatHoldNow()
    {
        RunRow run = await Store.SealedAsync();
        await Store.HarvestAsync(
            await Store.TerminalAsync(run),
            [Steps.Outcome(0), Steps.Outcome(1), Steps.Outcome(2, BatchOutcomeKind.Failed), Steps.Outcome(3, BatchOutcomeKind.Expired)],
            new NewShard("retry/1", 2, 1, 1) { Attempt = 2 });
        await Store.HarvestAsync(await Store.TerminalAsync(run, 2), [Steps.Outcome(2), Steps.Outcome(3, BatchOutcomeKind.Malformed)]);
        await RestartAsync();

        RunCounts counts = await Store.CountsAsync(run.Id);

        Dictionary<BatchOutcomeKind, long> expected = new() { [BatchOutcomeKind.Succeeded] = 3, [BatchOutcomeKind.Malformed] = 1 };
        Assert.That(counts.Lines, Is.EquivalentTo(expected));
        Assert.That(counts.Duplicates, Is.Zero);
        Assert.That((counts.InputTokens, counts.OutputTokens), Is.EqualTo((60L, 18L)), "what was replaced was paid for as well");
    }

    [TestCase(BatchOutcomeKind.Failed)]
    [TestCase(BatchOutcomeKind.Missing)]
    public async Task Outcome_AfterASuccess_ChangesNothing(BatchOutcomeKind later)
    {
        RunRow run = await SecondTryAsync(BatchOutcomeKind.Succeeded, later, secondAttempt: 2);

        Assert.That((await Store.ReadOutcomesAsync(run.Id).ToListAsync()).Single(), Is.EqualTo(Steps.Outcome(0) with { Shard = 1, Attempt = 1 }));
        Assert.That((await Store.CountsAsync(run.Id)).Duplicates, Is.Zero);
    }

    [Test]
    public async Task Outcome_SecondSuccess_IsCountedAndTheFirstKept()
    {
        RunRow run = await SecondTryAsync(BatchOutcomeKind.Succeeded, BatchOutcomeKind.Succeeded, secondAttempt: 2);

        RunCounts counts = await Store.CountsAsync(run.Id);
        Assert.That((await Store.ReadOutcomesAsync(run.Id).ToListAsync()).Single().Shard, Is.EqualTo(1));
        Assert.That((counts.Of(BatchOutcomeKind.Succeeded), counts.Duplicates), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task Outcome_SecondSuccessInOneTransition_IsCounted()
    {
        RunRow run = await Store.SealedAsync();

        await Store.HarvestAsync(await Store.TerminalAsync(run), [Steps.Outcome(0), Steps.Outcome(0)]);

        Assert.That((await Store.CountsAsync(run.Id)).Duplicates, Is.EqualTo(1));
    }

    [TestCase(2)]
    [TestCase(1, Description = "lines that expired are tried again under the same attempt")]
    public async Task Outcome_LaterFailureAfterAFailure_TakesItsPlace(int attempt)
    {
        RunRow run = await SecondTryAsync(BatchOutcomeKind.Expired, BatchOutcomeKind.Failed, attempt);

        LineOutcome outcome = (await Store.ReadOutcomesAsync(run.Id).ToListAsync()).Single();
        Assert.That((outcome.Kind, outcome.Attempt, outcome.Shard), Is.EqualTo((BatchOutcomeKind.Failed, attempt, 2)));
        Assert.That((await Store.CountsAsync(run.Id)).Of(BatchOutcomeKind.Expired), Is.Zero);
    }

    [TestCase(BatchOutcomeKind.Missing, BatchOutcomeKind.Failed)]
    [TestCase(BatchOutcomeKind.Succeeded, BatchOutcomeKind.Succeeded)]
    public async Task Outcome_LateOneOfAnEarlierAttempt_CountsOnlyWhenItIsASuccess(BatchOutcomeKind late, BatchOutcomeKind held)
    {
        RunRow run = await Store.SealedAsync(shards: 2);
        ShardClaim early = await Store.TerminalAsync(run, 1);
        await Store.HarvestAsync(await Store.TerminalAsync(run, 2), [Steps.Outcome(0, BatchOutcomeKind.Failed)]);

        await Store.HarvestAsync(early, [Steps.Outcome(0, late)]);

        Assert.That((await Store.ReadOutcomesAsync(run.Id).ToListAsync()).Single().Kind, Is.EqualTo(held));
    }

    [TestCase(-1)]
    [TestCase(10)]
    public async Task Outcome_LineThatTheInputDoesNotHave_IsAProgrammingErrorAndChangesNothing(long line)
    {
        RunRow run = await Store.SealedAsync();
        ShardClaim claim = await Store.TerminalAsync(run);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.HarvestAsync(claim, [Steps.Outcome(0), Steps.Outcome(line)]));

        Assert.That(await Store.ReadOutcomesAsync(run.Id).ToListAsync(), Is.Empty);
        Assert.That((await Store.ListShardsAsync(run.Id)).Single().State, Is.EqualTo(ShardState.Terminal));
    }

    [Test]
    public async Task ReadOutcomes_MoreThanAPage_MissesNone()
    {
        const int Lines = 10_000;
        RunRow run = await Store.SealedAsync(linesPerShard: Lines);
        await Store.HarvestAsync(await Store.TerminalAsync(run), Enumerable.Range(0, Lines).Select(line => Steps.Outcome(line)));

        List<LineOutcome> outcomes = await Store.ReadOutcomesAsync(run.Id).ToListAsync();

        Assert.That(outcomes.Select(outcome => outcome.Line), Is.EqualTo(Enumerable.Range(0, Lines)));
    }

    private async Task<RunRow> SecondTryAsync(BatchOutcomeKind first, BatchOutcomeKind second, int secondAttempt)
    {
        RunRow run = await Store.SealedAsync();
        NewShard retry = new("retry/1", 1, 1, 1) { Attempt = secondAttempt };
        await Store.HarvestAsync(await Store.TerminalAsync(run), [Steps.Outcome(0, first)], retry);
        await Store.HarvestAsync(await Store.TerminalAsync(run, 2), [Steps.Outcome(0, second)]);
        return run;
    }
}
