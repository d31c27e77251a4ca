using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Steps that many tests begin with.</summary>
internal static class Steps
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public static InputSeal Input(long lines) => new("hash", lines, lines * 1000);

    /// <summary>Opens a run and fixes its input.</summary>
    public static async Task<RunRow> SealedAsync(
        this IRunStore store, int shards = 1, long linesPerShard = 10, string name = "nightly", long tokens = 100)
    {
        RunRow run = await store.OpenRunAsync(name);
        NewShard[] planned = [.. Enumerable.Range(1, shards).Select(i => new NewShard($"shard/{i}", linesPerShard, linesPerShard * 1000, tokens))];
        await store.SealInputAsync(run.Id, Input(shards * linesPerShard), planned);
        return (await store.FindRunAsync(name))!;
    }

    public static async Task<ShardClaim> ClaimedAsync(this IRunStore store, RunRow run, int number = 1, string worker = "worker") =>
        await store.ClaimAsync(run.Id, number, worker, Lease) ?? throw new AssertionException($"Shard {number} cannot be claimed.");

    /// <summary>Applies a step that must succeed, and gives the claim to go on with.</summary>
    public static async Task<ShardClaim> StepAsync(this IRunStore store, ShardClaim claim, params ShardState[] states)
    {
        foreach (ShardState to in states)
        {
            ApplyResult result = await store.ApplyAsync(claim, Step(claim, to));
            Assert.That(result.Outcome, Is.EqualTo(ApplyOutcome.Applied), $"to {to}");
            claim = claim with { Shard = result.Shard };
        }

        return claim;
    }

    public static ShardTransition Step(ShardClaim claim, ShardState to) => new($"{to}-{claim.Shard.Version}", to);

    /// <summary>Takes a shard all the way to a batch that has ended.</summary>
    public static async Task<ShardClaim> TerminalAsync(this IRunStore store, RunRow run, int number = 1) => await store.StepAsync(
        await store.ClaimedAsync(run, number), ShardState.Uploading, ShardState.Uploaded, ShardState.Intent, ShardState.Created, ShardState.Terminal);

    public static LineOutcome Outcome(long line, BatchOutcomeKind kind = BatchOutcomeKind.Succeeded) => new()
    {
        Line = line,
        Kind = kind,
        Offset = line * 700,
        Length = 700,
        StatusCode = kind == BatchOutcomeKind.Succeeded ? 200 : null,
        InputTokens = 10,
        OutputTokens = 3,
    };

    public static async Task<ApplyResult> HarvestAsync(
        this IRunStore store, ShardClaim claim, IEnumerable<LineOutcome> outcomes, params NewShard[] retries) =>
        await store.ApplyAsync(claim, Step(claim, ShardState.Harvested) with { Outcomes = outcomes, NewShards = retries, FreesBudget = true });

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (T item in items)
            list.Add(item);
        return list;
    }
}
