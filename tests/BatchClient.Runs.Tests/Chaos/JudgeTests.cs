using BatchGateway.Runs.Chaos.Judging;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Chaos;

public class JudgeTests
{
    private static readonly ResultLine[] Undisturbed = [Good("a"), Good("b"), Bad("c", attempts: 2)];

    private static readonly Ledger Honest = Of([new LedgerBatch("batch_1", "file_1", "x")], ("a", 1), ("b", 1));

    [Test]
    public void Money_OneBatchForEachIntentAndNothingPaidTwice_IsInOrder()
    {
        Ledger ledger = Of([new LedgerBatch("batch_1", "file_1", "x"), new LedgerBatch("batch_2", "file_1", "y")], ("a", 1), ("b", 1));

        Assert.That(Judge.Money(ledger), Is.Empty);
    }

    [Test]
    public void Money_TwoBatchesWithOneIntent_IsAViolation()
    {
        Ledger ledger = Of([new LedgerBatch("batch_1", "file_1", "x"), new LedgerBatch("batch_2", "file_1", "x")]);

        Assert.That(Judge.Money(ledger), Is.EqualTo(new[] { "intent x made 2 batches" }));
    }

    [Test]
    public void Money_BatchWithoutIntent_IsAViolation()
    {
        Assert.That(Judge.Money(Of([new LedgerBatch("batch_1", "file_1", null)])), Is.EqualTo(new[] { "1 batches were created without an intent" }));
    }

    [Test]
    public void Money_LinePaidTwice_IsAViolation()
    {
        Assert.That(Judge.Money(Of([], ("a", 1), ("b", 2))), Is.EqualTo(new[] { "b was paid for 2 times" }));
    }

    [Test]
    public void Outcomes_AsUndisturbed_AreInOrder()
    {
        Assert.That(Judge.Outcomes(Honest, [.. Undisturbed], Undisturbed, abandoned: 0), Is.Empty);
    }

    [Test]
    public void Chance_WhatWasPaidForSucceededAndTheRestDidNot_IsInOrder()
    {
        ResultLine cancelled = new("c", "cancelled", 1, null, "null", "{}");

        Assert.That(Judge.Chance(Honest, [Good("a"), Good("b"), cancelled], ["a", "b", "c"]), Is.Empty);
    }

    [Test]
    public void Chance_PaidLineThatIsCancelled_WasLost()
    {
        ResultLine cancelled = new("b", "cancelled", 1, null, "null", "{}");

        Assert.That(Judge.Chance(Honest, [Good("a"), cancelled], ["a", "b"]), Is.EqualTo(new[] { "b is cancelled, and was paid for" }));
    }

    [Test]
    public void Chance_SuccessThatNobodyPaidFor_OrALineTooFew_IsAViolation()
    {
        Assert.That(Judge.Chance(Honest, [Good("a"), Good("b"), Good("c")], ["a", "b", "c"]), Is.EqualTo(new[] { "c succeeded, and was never run" }));
        Assert.That(Judge.Chance(Honest, [Good("b"), Good("a")], ["a", "b"]), Has.Exactly(1).Items);
        Assert.That(Judge.Chance(Honest, [Good("a")], ["a", "b"]), Has.Exactly(1).Items);
    }

    [Test]
    public void Deletion_AnyBlobOrLine_IsAViolation()
    {
        using TestFolder folder = new();
        File.WriteAllText(folder["runs.db"], "SQLite");
        Assert.That(Judge.Deletion(folder.FullPath), Is.Empty);

        File.WriteAllText(folder["runs.db-wal"], "What is 7 and 7?");
        File.WriteAllText(folder["1.blob"], "");

        Assert.That(Judge.Deletion(folder.FullPath), Is.EquivalentTo(new[]
        {
            "lines of the deleted run are in runs.db-wal", "the deleted run has left 1.blob",
        }));
    }

    [Test]
    public void Outcomes_LineLeftOut_HasNoOutcome()
    {
        Assert.That(Judge.Outcomes(Honest, Undisturbed[..2], Undisturbed, abandoned: 0), Is.EqualTo(new[] { "c has no outcome" }));
    }

    [Test]
    public void Outcomes_LineTwice_HasTwo()
    {
        ResultLine[] twice = [.. Undisturbed, Undisturbed[0]];

        Assert.That(Judge.Outcomes(Honest, twice, Undisturbed, abandoned: 0), Is.EqualTo(new[] { "a has 2 outcomes" }));
    }

    [Test]
    public void Outcomes_StrangeLine_WasNeverAskedFor()
    {
        ResultLine[] more = [.. Undisturbed, Good("d")];

        Assert.That(Judge.Outcomes(Honest, more, Undisturbed, abandoned: 0), Is.EqualTo(new[] { "d was never asked for" }));
    }

    [Test]
    public void Outcomes_AnotherOrder_IsAViolation()
    {
        ResultLine[] turned = [Undisturbed[1], Undisturbed[0], Undisturbed[2]];

        Assert.That(Judge.Outcomes(Honest, turned, Undisturbed, abandoned: 0), Is.EqualTo(new[] { "the results are not in the order of the input" }));
    }

    [TestCase("outcome")]
    [TestCase("attempts")]
    [TestCase("response")]
    [TestCase("error")]
    [TestCase("status")]
    public void Outcomes_LineThatDiffers_IsAViolation(string what)
    {
        ResultLine other = what switch
        {
            "outcome" => Undisturbed[1] with { Outcome = "failed" },
            "attempts" => Undisturbed[1] with { Attempts = 2 },
            "response" => Undisturbed[1] with { Response = "{}" },
            "error" => Undisturbed[1] with { Error = "{}" },
            _ => Undisturbed[1] with { StatusCode = 201 },
        };

        Assert.That(Judge.Outcomes(Honest, [Undisturbed[0], other, Undisturbed[2]], Undisturbed, abandoned: 0), Has.One.StartsWith("b is "));
    }

    [Test]
    public void Outcomes_SuccessThatWasNeverPaidFor_IsAViolation()
    {
        Ledger ledger = Of([], ("a", 1));

        Assert.That(Judge.Outcomes(ledger, [.. Undisturbed], Undisturbed, abandoned: 0), Is.EqualTo(new[] { "b succeeded, and was never run" }));
    }

    [Test]
    public void Outcomes_MissingAsMuchAsWasAbandoned_AreInOrder()
    {
        ResultLine[] results = [Undisturbed[0], Lost("b"), Undisturbed[2] with { Attempts = 1 }];

        Assert.That(Judge.Outcomes(Of([], ("a", 1)), results, Undisturbed, abandoned: 2), Is.Empty);
        Assert.That(Judge.Outcomes(Of([], ("a", 1)), results, Undisturbed, abandoned: 1), Has.One.StartsWith("c is "));
        Assert.That(Judge.Outcomes(Of([], ("a", 1)), results, Undisturbed, abandoned: 0).Count(), Is.EqualTo(2));
    }

    [Test]
    public void Outcomes_AbandonedAlthoughPaid_IsAViolation()
    {
        Assert.That(Judge.Outcomes(Honest, [Undisturbed[0], Lost("b"), Undisturbed[2]], Undisturbed, abandoned: 3), Has.One.StartsWith("b is "));
    }

    private static Ledger Of(LedgerBatch[] batches, params (string Line, int Times)[] billed) => new()
    {
        Batches = batches,
        LinesBilled = billed.ToDictionary(line => line.Line, line => line.Times),
    };

    private static ResultLine Good(string id) => new(id, "succeeded", 1, 200, """{"text":"yes"}""", "null");

    private static ResultLine Bad(string id, int attempts) => new(id, "failed", attempts, 429, "null", """{"code":"rate_limit_exceeded"}""");

    private static ResultLine Lost(string id) => new(id, "missing", 1, null, "null", """{"code":"shard_abandoned"}""");
}
