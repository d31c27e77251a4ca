namespace BatchGateway.Runs.Internal;

/// <summary>A shard in the hands of a worker: its steps, one after the other.</summary>
internal sealed class ShardWork(RunContext context, ShardClaim claim)
{
    private ShardFacts? _facts;

    public RunContext Context { get; } = context;

    public ShardClaim Claim { get; private set; } = claim;

    public ShardRow Shard => Claim.Shard;

    public int Number => Claim.Number;

    public ShardFacts Facts => _facts ??= ShardFacts.Of(Shard);

    public RunClient Client => Context.ClientOf(Facts);

    /// <summary>Makes a step durable.</summary>
    /// <exception cref="LostClaimException">The shard belongs to somebody else by now.</exception>
    public async Task MoveAsync(RunStep step, ShardTransition transition, CancellationToken cancellationToken = default)
    {
        Context.Before(step, Number);
        ApplyResult result = await Context.Store.ApplyAsync(Claim, transition, cancellationToken).ConfigureAwait(false);
        if (result.Outcome is ApplyOutcome.Fenced or ApplyOutcome.Conflict)
            throw new LostClaimException(Number);

        Context.After(step, Number);
        if (transition.FreesBudget)
            Context.Room.Free();
        Claim = Claim with { Shard = result.Shard };
        _facts = null;
        Context.Changed.Set();
    }

    public Task MoveAsync(RunStep step, ShardState to, ShardFacts facts, TimeSpan? notBefore = null, string? batchId = null,
        bool freesBudget = false) =>
        MoveAsync(step, To(to) with { Facts = RunsJson.Write(facts), NotBefore = notBefore, BatchId = batchId, FreesBudget = freesBudget });

    /// <summary>A transition of this claim's next step: the command is another one for every step, and the same one if it is repeated.</summary>
    public ShardTransition To(ShardState to) => new($"{Claim.Fence}.{Shard.Version}.{to}", to);

    public async Task ReleaseAsync(TimeSpan? notBefore = null)
    {
        await Context.Store.ReleaseAsync(Claim, notBefore, CancellationToken.None).ConfigureAwait(false);
        Context.Changed.Set();
    }
}
