using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Engine;

/// <summary>A run of one shard with a hundred lines, looked at every ten seconds.</summary>
public sealed class RunPaceTests
{
    private static readonly IReadOnlyDictionary<int, Batch> Unseen = new Dictionary<int, Batch>();

    [Test]
    public void Look_BatchOfThisProcess_CountsFromItsFirstLine() => Assert.That(
        Paces((0, ShardState.Planned, Unseen), (0, ShardState.Created, Seen(50)), (100, ShardState.Harvested, Unseen)),
        Is.EqualTo(new double?[] { null, 5, 5 }));

    [Test]
    public void Look_BatchOfAnEarlierProcess_CountsFromTheFirstLookAtIt() => Assert.That(
        Paces((0, ShardState.Created, Unseen), (0, ShardState.Created, Seen(60)), (0, ShardState.Created, Seen(80)), (100, ShardState.Harvested, Unseen)),
        Is.EqualTo(new double?[] { null, null, 1, 40 / 30d }));

    [Test]
    public void Look_BatchOfAnEarlierProcessThatIsSeenAtOnce_CountsFromThere() => Assert.That(
        Paces((0, ShardState.Created, Seen(60)), (0, ShardState.Created, Seen(80))), Is.EqualTo(new double?[] { null, 2 }));

    [Test]
    public void Look_IntentOfAnEarlierProcessWhoseBatchIsFound_CountsFromTheFirstLookAtIt() => Assert.That(
        Paces((0, ShardState.Intent, Unseen), (0, ShardState.Created, Unseen), (0, ShardState.Created, Seen(60)), (0, ShardState.Created, Seen(90))),
        Is.EqualTo(new double?[] { null, null, null, 1 }));

    [Test]
    public void Look_IntentOfAnEarlierProcessWithoutABatch_ItsNewBatchCounts() => Assert.That(
        Paces((0, ShardState.Intent, Unseen), (0, ShardState.Uploaded, Unseen), (0, ShardState.Created, Seen(60))),
        Is.EqualTo(new double?[] { null, null, 3 }));

    [Test]
    public void Look_BatchThatEndedWhileNobodyLooked_DoesNotCount()
    {
        foreach (ShardState before in new[] { ShardState.Created, ShardState.Terminal })
        {
            Assert.That(Paces((0, before, Unseen), (100, ShardState.Harvested, Unseen)), Is.EqualTo(new double?[] { null, null }));
            Assert.That(
                Paces((0, before, Unseen), (0, before, Seen(0, BatchStatus.Completed)), (100, ShardState.Harvested, Unseen)),
                Is.EqualTo(new double?[] { null, null, null }));
        }
    }

    private static double?[] Paces(params (long Settled, ShardState State, IReadOnlyDictionary<int, Batch> Seen)[] looks)
    {
        RunPace pace = new();
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return [.. looks.Select((look, number) => pace.Look(look.Settled, [Shard(look.State)], look.Seen, start.AddSeconds(10 * number)))];
    }

    private static ShardRow Shard(ShardState state) =>
        new() { Run = 1, Number = 1, Attempt = 1, Lines = 100, Bytes = 5000, Tokens = 70, Blob = "shard/a", State = state };

    private static Dictionary<int, Batch> Seen(long completed) => Seen(completed, BatchStatus.InProgress);

    private static Dictionary<int, Batch> Seen(long completed, BatchStatus status) => new()
    {
        [1] = new Batch { Id = "batch_1", Status = status, RequestCounts = new BatchRequestCounts { Total = 100, Completed = completed } },
    };
}
