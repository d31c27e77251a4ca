namespace BatchGateway.Runs.Internal;

/// <summary>
/// Finds out what became of an open intent, and never creates. A list without the batch proves nothing by itself: only when it has shown a batch that
/// is known to be ours twice, the second time ten minutes after the intent was found open, there is none.
/// </summary>
internal sealed class ReconcileStep(RunContext context, CreateStep create, BatchSearch search)
{
    private static readonly TimeSpan ProofAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WitnessWithin = TimeSpan.FromHours(1);

    /// <summary>How long this process itself must have looked before it gives up: long enough for a whole proof.</summary>
    private static readonly TimeSpan LookFor = TimeSpan.FromMinutes(15);

    private const string NoWitness = "its batch is not in the list, and the list has shown no other batch of ours, made with the same key, that would "
        + "prove it complete";

    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <returns>How long to pause; null when the shard is settled, or put aside.</returns>
    public async Task<TimeSpan?> RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        context.OpenIntents.OpenFor(work.Facts.IntentToken!);
        // One that lies ahead was taken from a clock that has been set back since.
        if (work.Facts.FoundOpenAt is not { } foundOpenAt || foundOpenAt > context.Now)
            await work.MoveAsync(RunStep.Reconcile, ShardState.Intent, work.Facts with { FoundOpenAt = context.Now, WitnessAt = null })
                .ConfigureAwait(false);

        try
        {
            Sighting sighting = await search.LookAsync(work, cancellationToken).ConfigureAwait(false);
            context.Setbacks.Authorized(work.Number);
            return await JudgeAsync(work, sighting).ConfigureAwait(false);
        }
        catch (BatchApiException exception) when (exception.IsFinal && !exception.IsRouteUnsupported && !IsSearchOver(work))
        {
            // A key or a header may be put right: only a gateway without a list can never show the batch.
            context.Notices.Add($"Shard {work.Number}: looking for its batch was refused and is tried again: {exception.Message}");
            return LookEvery;
        }
        catch (BatchApiException exception) when (exception.IsFinal)
        {
            await SettleAsync(work, $"the gateway cannot list batches ({exception.Message})").ConfigureAwait(false);
            return null;
        }
        catch (BatchClientException exception) when (context.Setbacks.MayPass(work.Number, exception))
        {
            context.Notices.Add($"Shard {work.Number}: looking for its batch failed and goes on: {exception.Message}");
            return context.Setbacks.Pause(work.Number, exception);
        }
    }

    private async Task<TimeSpan?> JudgeAsync(ShardWork work, Sighting sighting)
    {
        if (sighting.Found is [var batch])
        {
            await create.CreatedAsync(work, batch.Id, work.Facts.Having(batch)).ConfigureAwait(false);
            return null;
        }

        if (sighting.Found.Count > 1)
        {
            await SettleAsync(work, OpenShard.Named(sighting.Found)).ConfigureAwait(false);
            return null;
        }

        if (sighting.Nameless is { } nameless)
            return await UnseenAsync(work, $"batch '{nameless}' in the list may be its own: it names neither a file nor a token")
                .ConfigureAwait(false);
        return sighting.IsWitnessed ? await WitnessedAsync(work).ConfigureAwait(false) : await UnseenAsync(work, NoWitness).ConfigureAwait(false);
    }

    private async Task<TimeSpan?> WitnessedAsync(ShardWork work)
    {
        ShardFacts facts = work.Facts;
        if (facts.WitnessAt is null)
        {
            await work.MoveAsync(RunStep.Reconcile, ShardState.Intent, facts with { WitnessAt = context.Now }).ConfigureAwait(false);
            return LookEvery;
        }

        if (!HasBeenOpenFor(ProofAfter, ProofAfter, facts))
            return LookEvery;

        await work.MoveAsync(RunStep.Reconcile, ShardState.Uploaded, facts.Proved()).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan?> UnseenAsync(ShardWork work, string why)
    {
        if (!IsSearchOver(work))
            return LookEvery;

        await SettleAsync(work, why).ConfigureAwait(false);
        return null;
    }

    private bool IsSearchOver(ShardWork work) => HasBeenOpenFor(WitnessWithin, LookFor, work.Facts);

    /// <summary>By the wall clock, which all processes share and which may be set; and by this process's own measure.</summary>
    private bool HasBeenOpenFor(TimeSpan byTheClock, TimeSpan byOwnMeasure, ShardFacts facts) =>
        context.Now - facts.FoundOpenAt >= byTheClock && context.OpenIntents.OpenFor(facts.IntentToken!) >= byOwnMeasure;

    /// <summary>From here on only a person can tell.</summary>
    public static Task SettleAsync(ShardWork work, string why) => work.MoveAsync(
        RunStep.Settle, ShardState.Ambiguous, work.Facts with { Problem = OpenShard.Problem(work, why) }, freesBudget: true);
}
