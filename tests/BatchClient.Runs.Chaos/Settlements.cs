using BatchGateway.Runs.Chaos.Judging;
using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Chaos;

/// <summary>The person who settles what the list cannot tell: she looks into the ledger, as into the gateway's console, and says it once.</summary>
internal sealed class Settlements
{
    private readonly Dictionary<(int Shard, string? Intent), Finding> _said = [];

    /// <summary>What she has found out: to be said before the run goes on.</summary>
    public IReadOnlyList<Finding> Found { get; private set; } = [];

    public int Attached => _said.Values.Count(finding => finding.BatchId is not null);

    public int Abandoned => _said.Count - Attached;

    public long AbandonedLines { get; private set; }

    /// <summary>What the shards said of themselves.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Looks for the batches of shards that are left open.</summary>
    /// <returns>What was wrong with how they were named.</returns>
    public IEnumerable<string> Take(IReadOnlyList<OpenShard> open, Ledger ledger)
    {
        // Whoever was killed while it was being said is told again.
        if (open.Count > 0)
            Found = [];
        foreach (OpenShard shard in open)
        {
            if (!IsNamed(shard))
                yield return $"shard {shard.Number} is open, and does not say what is to be looked for: {shard.Problem}";
            LedgerBatch? batch = ledger.Batches.FirstOrDefault(batch => batch.Intent == shard.Intent);
            Finding finding = new(shard.Number, batch?.Id);
            if (!_said.TryAdd((shard.Number, shard.Intent), finding))
                yield return $"shard {shard.Number} had to be settled twice";
            Found = [.. Found, finding];
            Problems.Add($"shard {shard.Number}: {shard.Problem}");
            if (batch is null)
                AbandonedLines += shard.Lines;
        }
    }

    private static bool IsNamed(OpenShard shard) =>
        shard.Intent is not null && shard.InputFileId is { } file && shard.Problem?.Contains(file, StringComparison.Ordinal) == true;
}
