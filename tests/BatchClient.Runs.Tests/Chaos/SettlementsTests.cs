using BatchGateway.Runs.Chaos;
using BatchGateway.Runs.Chaos.Judging;
using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Tests.Chaos;

public class SettlementsTests
{
    private static readonly OpenShard Open =
        new(4, 12, "file_1", "token_1", "It is not known whether a batch was created for file 'file_1' (intent token_1).");

    [Test]
    public void Take_BatchInTheLedger_IsAttached()
    {
        Settlements person = new();

        string[] wrong = [.. person.Take([Open], new Ledger { Batches = [new("batch_1", "file_1", "token_1")] })];

        Assert.That(wrong, Is.Empty);
        Assert.That(person.Found, Is.EqualTo(new[] { new Finding(4, "batch_1") }));
        Assert.That(person.AbandonedLines, Is.Zero);
    }

    [Test]
    public void Take_NoBatchInTheLedger_IsAbandoned()
    {
        Settlements person = new();

        string[] wrong = [.. person.Take([Open], new Ledger { Batches = [new("batch_1", "file_1", "another")] })];

        Assert.That(wrong, Is.Empty);
        Assert.That(person.Found, Is.EqualTo(new[] { new Finding(4, null) }));
        Assert.That(person.AbandonedLines, Is.EqualTo(12));
    }

    [Test]
    public void Take_TheSameShardAgain_IsAViolation()
    {
        Settlements person = new();
        Assert.That(person.Take([Open], Ledger.Empty).ToArray(), Is.Empty);

        Assert.That(person.Take([Open], Ledger.Empty).ToArray(), Is.EqualTo(new[] { "shard 4 had to be settled twice" }));
    }

    [TestCase(null)]
    [TestCase("Something is open.")]
    public void Take_ShardThatDoesNotSayWhatToLookFor_IsAViolation(string? problem)
    {
        string[] wrong = [.. new Settlements().Take([Open with { Problem = problem }], Ledger.Empty)];

        Assert.That(wrong, Has.One.StartsWith("shard 4 is open, and does not say"));
    }
}
