using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Harvest;

internal sealed class RetryRulesTests
{
    private const string Unheard = "wound_up";

    private static readonly DateTimeOffset Then = DateTimeOffset.UnixEpoch;

    /// <summary>What a batch that counts as completed has lost may have been paid for.</summary>
    [TestCase("completed", nameof(RetryVerdict.Final))]
    [TestCase("expired", nameof(RetryVerdict.AfterExpiry))]
    [TestCase("cancelled", nameof(RetryVerdict.NextAttempt))]
    [TestCase("failed", nameof(RetryVerdict.NextAttempt))]
    [TestCase(Unheard, nameof(RetryVerdict.Final))]
    public void OfMissing_Status_DecidesHowItIsTriedAgain(string status, string verdict) =>
        Assert.That(Rules().OfMissing(Ended(status)).ToString(), Is.EqualTo(verdict));

    [Test]
    public void OfMissing_UnknownStatus_GoesByTheTimeThatIsSet() => Assert.Multiple(() =>
    {
        Assert.That(Rules().OfMissing(Ended(Unheard) with { CompletedAt = Then }), Is.EqualTo(RetryVerdict.Final));
        Assert.That(Rules().OfMissing(Ended(Unheard) with { ExpiredAt = Then }), Is.EqualTo(RetryVerdict.AfterExpiry));
        Assert.That(Rules().OfMissing(Ended(Unheard) with { CancelledAt = Then }), Is.EqualTo(RetryVerdict.NextAttempt));
        Assert.That(Rules().OfMissing(Ended(Unheard) with { FailedAt = Then }), Is.EqualTo(RetryVerdict.NextAttempt));
    });

    [Test]
    public void OfMissing_UnknownStatusThatAlsoCompleted_CountsAsCompleted() =>
        Assert.That(Rules().OfMissing(Ended(Unheard) with { CompletedAt = Then, ExpiredAt = Then, FailedAt = Then }), Is.EqualTo(RetryVerdict.Final));

    [Test]
    public void OfMissing_AskedFor_IsTriedAgainWithinTheAttempts() => Assert.Multiple(() =>
    {
        HarvestOptions asked = new() { RetryMissing = true, MaxAttempts = 2 };
        Assert.That(Rules(asked, attempt: 1).OfMissing(Ended("completed")), Is.EqualTo(RetryVerdict.NextAttempt));
        Assert.That(Rules(asked, attempt: 2).OfMissing(Ended("completed")), Is.EqualTo(RetryVerdict.Final));
    });

    [Test]
    public void OfMissing_LimitsAreUsedUp_IsFinal() => Assert.Multiple(() =>
    {
        HarvestOptions few = new() { MaxAttempts = 2, MaxExpiries = 2 };
        Assert.That(Rules(few, attempt: 2).OfMissing(Ended("failed")), Is.EqualTo(RetryVerdict.Final));
        Assert.That(Rules(few, attempt: 2, new RetryTally(Expiries: 1)).OfMissing(Ended("expired")), Is.EqualTo(RetryVerdict.AfterExpiry), "no attempt");
        Assert.That(Rules(few, attempt: 1, new RetryTally(Expiries: 2)).OfMissing(Ended("expired")), Is.EqualTo(RetryVerdict.Final));
    });

    [Test]
    public void OfMissing_BatchThatWeCancelled_IsFinal([Values("expired", "cancelled", "failed", "completed")] string status) => Assert.That(
        Rules(new HarvestOptions { WasCancelledByUs = true, RetryMissing = true }).OfMissing(Ended(status)), Is.EqualTo(RetryVerdict.Final));

    [TestCase(0, nameof(RetryVerdict.AfterRefusal))]
    [TestCase(9, nameof(RetryVerdict.AfterRefusal))]
    [TestCase(10, nameof(RetryVerdict.Final))]
    public void OfUnnamed_Refusals_HaveALimitOfTheirOwn(int refusals, string verdict) =>
        Assert.That(Rules(attempt: 3, tally: new RetryTally(Refusals: refusals)).OfUnnamed.ToString(), Is.EqualTo(verdict));

    private static Batch Ended(string status) => new() { Id = "batch_1", Status = new BatchStatus(status) };

    private static RetryRules Rules(HarvestOptions? options = null, int attempt = 1, RetryTally tally = default)
    {
        ShardRow shard = new() { Run = 1, Number = 1, Attempt = attempt, Lines = 1, Bytes = 1, Tokens = 1, Blob = "blob", State = ShardState.Terminal };
        return new RetryRules(new HarvestRequest
        {
            Run = null!,
            Client = null!,
            Shard = shard,
            Batch = Ended("completed"),
            Options = options ?? new HarvestOptions(),
            Tally = tally,
        });
    }
}
