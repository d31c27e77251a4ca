using System.Globalization;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Internal.Store.Sqlite;

public sealed class KilledProcessTests
{
    [TestCase(1)]
    [TestCase(2)]
    public async Task Kill_AtAnyMoment_LosesNothingAcknowledgedAndLeavesNothingHalf(int seed)
    {
        using TestFolder folder = new();
        string path = folder["runs.db"];
        Random random = new(seed);
        int kills = 0;

        bool isDone = false;
        for (int round = 0; !isDone; round++)
        {
            Dictionary<int, long> acknowledged = [];
            using Victim victim = Victim.Start("work", path, round.ToString(CultureInfo.InvariantCulture));
            int lines = random.Next(1, 70);
            while (!isDone && lines-- > 0)
                isDone = Note(await victim.ReadLineAsync(), acknowledged);
            if (!isDone)
            {
                kills++;
                foreach (string line in await victim.KillAsync())
                    isDone |= Note(line, acknowledged);
            }

            await CheckAsync(path, acknowledged);
        }

        await CheckEndAsync(path);
        Assert.That(kills, Is.GreaterThan(2), "else nothing was tested");
    }

    private static bool Note(string? line, Dictionary<int, long> acknowledged)
    {
        Assert.That(line, Is.Not.Null, "the victim died by itself");
        if (line == "done")
            return true;
        string[] words = line!.Split(' ');
        Assert.That(words[3], Is.EqualTo(nameof(ApplyOutcome.Applied)));
        acknowledged[int.Parse(words[0], CultureInfo.InvariantCulture)] = long.Parse(words[1], CultureInfo.InvariantCulture);
        return false;
    }

    private static async Task CheckAsync(string path, Dictionary<int, long> acknowledged)
    {
        await using IRunStore store = await SqliteRunStore.OpenAsync(path, TimeProvider.System);
        RunRow run = (await store.FindRunAsync("nightly"))!;
        IReadOnlyList<ShardRow> shards = await store.ListShardsAsync(run.Id);
        ILookup<int, ShardEvent> events = (await store.ReadEventsAsync(run.Id).ToListAsync()).ToLookup(applied => applied.Shard);
        Dictionary<int, int> outcomes = (await store.ReadOutcomesAsync(run.Id).ToListAsync())
            .GroupBy(outcome => (int)(outcome.Line / VictimProgram.LinesPerShard) + 1).ToDictionary(shard => shard.Key, shard => shard.Count());

        foreach (ShardRow shard in shards)
        {
            long least = acknowledged.GetValueOrDefault(shard.Number);
            IEnumerable<long> versions = events[shard.Number].Select(applied => applied.Version);
            Assert.That(shard.Version, Is.GreaterThanOrEqualTo(least), $"shard {shard.Number} lost what was acknowledged");
            Assert.That(versions, Is.EqualTo(Enumerable.Range(1, (int)shard.Version)), "one event for each step");
            Assert.That(events[shard.Number].LastOrDefault()?.To ?? ShardState.Planned, Is.EqualTo(shard.State));
        }

        const ShardState Harvested = ShardState.Harvested | ShardState.Cleaned;
        int[] harvested = [.. shards.Where(shard => shard.Parent is null && (shard.State & Harvested) != 0).Select(shard => shard.Number)];
        Assert.That(outcomes.Keys, Is.EquivalentTo(harvested), "outcomes stand or fall with the step");
        Assert.That(outcomes.Values, Is.All.EqualTo(VictimProgram.LinesPerShard));
        Assert.That(shards.Where(shard => shard.Parent is not null).Select(shard => shard.Parent), Is.EquivalentTo(harvested), "so do retry shards");
    }

    private static async Task CheckEndAsync(string path)
    {
        await using IRunStore store = await SqliteRunStore.OpenAsync(path, TimeProvider.System);
        RunRow run = (await store.FindRunAsync("nightly"))!;
        RunCounts counts = await store.CountsAsync(run.Id);
        IReadOnlyList<ShardRow> shards = await store.ListShardsAsync(run.Id);

        Assert.That(counts.Of(BatchOutcomeKind.Succeeded), Is.EqualTo(VictimProgram.Shards * VictimProgram.LinesPerShard));
        Assert.That(counts.Duplicates, Is.Zero);
        Assert.That(counts.InputTokens, Is.EqualTo(10 * VictimProgram.Shards * (VictimProgram.LinesPerShard + 1)), "each result was counted once");
        Assert.That(shards.Select(shard => shard.State), Is.All.EqualTo(ShardState.Cleaned));
        Assert.That(shards, Has.Count.EqualTo(2 * VictimProgram.Shards));
    }
}
