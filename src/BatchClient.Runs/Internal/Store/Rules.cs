namespace BatchGateway.Runs.Internal;

/// <summary>
/// What a call does to a row, whatever the row is kept in. Every store reads a row, asks here, and writes the answer, in one transaction.
/// </summary>
internal static class Rules
{
    /// <summary>
    /// No pause is longer. A time that lies further ahead when the store is opened was taken from a clock that has been set back since.
    /// </summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>The run with its input fixed.</summary>
    /// <exception cref="InvalidOperationException">The run has ended, or the shards are not the input's.</exception>
    public static RunRow Sealed(RunRow run, InputSeal input, IReadOnlyList<NewShard> shards)
    {
        if (run.State != RunState.Spooling)
            throw new InvalidOperationException($"Run '{run.Name}' is {run.State}: its input can no longer be fixed.");
        long lines = shards.Sum(shard => shard.Lines);
        if (lines != input.Lines)
            throw new InvalidOperationException($"The shards of run '{run.Name}' hold {lines} lines, its input {input.Lines}.");
        return run with { Input = input, State = RunState.Running, Version = run.Version + 1 };
    }

    /// <summary>The run in another state.</summary>
    /// <exception cref="InvalidOperationException">That state does not follow its own.</exception>
    public static RunRow Moved(RunRow run, RunState to, DateTimeOffset now)
    {
        if (!RunLife.Allows(run.State, to))
            throw new InvalidOperationException($"Run '{run.Name}' is {run.State}: it cannot become {to}.");
        return run with { State = to, Version = run.Version + 1, EndedAt = to == RunState.Ended ? now : null };
    }

    /// <summary>The row of a shard that is added.</summary>
    public static ShardRow Planned(long run, int number, NewShard shard, int? parent, long? firstLine) => new()
    {
        Run = run,
        Number = number,
        Attempt = shard.Attempt,
        Parent = parent,
        FirstLine = firstLine,
        Lines = shard.Lines,
        Bytes = shard.Bytes,
        Tokens = shard.Tokens,
        Blob = shard.Blob,
        State = ShardState.Planned,
        Facts = shard.Facts,
    };

    public static bool IsDue(ShardRow shard, DateTimeOffset now) => !(shard.NotBefore > now) && !IsLeased(shard, now);

    /// <summary>The shard in the hands of a worker.</summary>
    public static ShardClaim Claimed(ShardRow shard, string worker, TimeSpan leaseFor, DateTimeOffset now) => new(
        shard with { Fence = shard.Fence + 1, Worker = worker, LeasedUntil = now + leaseFor },
        MayCreate: shard.State != ShardState.Intent);

    /// <summary>The shard with a longer lease; null when the claim has lost it.</summary>
    public static ShardRow? Renewed(ShardRow shard, ShardClaim claim, TimeSpan leaseFor, DateTimeOffset now) =>
        shard.Fence == claim.Fence && IsLeased(shard, now) ? shard with { LeasedUntil = now + leaseFor } : null;

    /// <summary>The shard without a lease; null when it belongs to a later claim.</summary>
    public static ShardRow? Released(ShardRow shard, ShardClaim claim, TimeSpan? notBefore, DateTimeOffset now) =>
        shard.Fence == claim.Fence ? shard with { Worker = null, LeasedUntil = null, NotBefore = now + notBefore ?? shard.NotBefore } : null;

    /// <summary>The shard when nobody is left who could hold it.</summary>
    public static ShardRow Freed(ShardRow shard, DateTimeOffset now) => shard with
    {
        Worker = null,
        LeasedUntil = null,
        NotBefore = shard.NotBefore > now + LongestPause ? null : shard.NotBefore,
    };

    public static bool PermitsCreate(ShardRow shard, ShardClaim claim, TimeSpan margin, DateTimeOffset now) =>
        shard.State == ShardState.Intent && shard.Fence == claim.Fence && shard.IntentFence == claim.Fence && IsLeased(shard, now + margin);

    /// <summary>What a transition that was not applied before meets.</summary>
    /// <exception cref="InvalidOperationException">It is not one that the shard, or the claim, may make.</exception>
    public static ApplyOutcome Judge(ShardRow shard, ShardClaim claim, ShardTransition transition, DateTimeOffset now)
    {
        if (shard.Fence != claim.Fence)
            return ApplyOutcome.Fenced;
        if (shard.Version != claim.Shard.Version)
            return ApplyOutcome.Conflict;
        if (!ShardLife.Allows(shard.State, transition.To))
            throw new InvalidOperationException($"Shard {shard.Number} is {shard.State}: it cannot become {transition.To}.");
        if (!EntersIntent(shard, transition))
            return ApplyOutcome.Applied;
        if (!claim.MayCreate)
            throw new InvalidOperationException($"Shard {shard.Number} was claimed with an open intent: claim it again before another one.");
        return IsLeased(shard, now) ? ApplyOutcome.Applied : ApplyOutcome.Fenced;
    }

    /// <summary>The shard after a transition.</summary>
    public static ShardRow Applied(ShardRow shard, ShardTransition transition, DateTimeOffset now) => shard with
    {
        State = transition.To,
        Version = shard.Version + 1,
        Facts = transition.Facts ?? shard.Facts,
        BatchId = transition.BatchId ?? shard.BatchId,
        NotBefore = now + transition.NotBefore,
        IntentFence = EntersIntent(shard, transition) ? shard.Fence : transition.To == ShardState.Intent ? shard.IntentFence : null,
        Reserved = transition.FreesBudget ? null : shard.Reserved,
    };

    /// <summary>The outcome with what the shard says about it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input has no such line.</exception>
    public static LineOutcome Placed(LineOutcome outcome, ShardRow shard, long lines)
    {
        if (outcome.Line < 0 || outcome.Line >= lines)
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Line, $"The input has {lines} lines.");
        return outcome with { Attempt = shard.Attempt, Shard = shard.Number };
    }

    private static bool EntersIntent(ShardRow shard, ShardTransition transition) =>
        transition.To == ShardState.Intent && shard.State != ShardState.Intent;

    private static bool IsLeased(ShardRow shard, DateTimeOffset at) => shard.LeasedUntil > at;
}
