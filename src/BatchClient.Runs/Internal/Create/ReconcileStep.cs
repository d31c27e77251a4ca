using BatchGateway.Internal.Http;
using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Finds out what became of an open intent, and never creates. A list without the batch proves nothing by itself: only when it has shown a batch that
/// is known to be ours twice, the second time ten minutes after the intent was found open, there is none.
/// </summary>
internal sealed class ReconcileStep(RunContext context, CreateStep create)
{
    private static readonly TimeSpan ProofAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WitnessWithin = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private const string NoWitness = "its batch is not in the list, and the list has shown no other batch of ours that would prove it complete";

    /// <returns>How long to pause; null when the shard is settled, or put aside.</returns>
    public async Task<TimeSpan?> RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        if (work.Facts.FoundOpenAt is null)
            await work.MoveAsync(RunStep.Reconcile, ShardState.Intent, work.Facts with { FoundOpenAt = context.Now }).ConfigureAwait(false);

        List<Batch> seen = [];
        try
        {
            IReadOnlyList<Batch> found = await LookAsync(work, seen, cancellationToken).ConfigureAwait(false);
            context.Setbacks.Authorized(work.Number);
            return await JudgeAsync(work, found, seen, cancellationToken).ConfigureAwait(false);
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

    private Task<IReadOnlyList<Batch>> LookAsync(ShardWork work, List<Batch> seen, CancellationToken cancellationToken)
    {
        RunClient client = work.Client;
        BatchReference intent = new()
        {
            InputFileId = work.Facts.FileId,
            InputFileCreatedAt = work.Facts.FileCreatedAt,
            Intent = work.Facts.IntentToken,
        };
        return new CreateReconciler(client.Batches, context.Clock)
            .LookAsync(intent, client.Call, work.Facts.EarlierBatches, seen.Add, cancellationToken);
    }

    private async Task<TimeSpan?> JudgeAsync(ShardWork work, IReadOnlyList<Batch> found, List<Batch> seen, CancellationToken cancellationToken)
    {
        if (found is [var batch])
        {
            await create.CreatedAsync(work, batch.Id).ConfigureAwait(false);
            return null;
        }

        if (found.Count > 1)
        {
            await SettleAsync(work, $"{found.Count} batches may be its own: {string.Join(", ", found.Select(one => one.Id))}").ConfigureAwait(false);
            return null;
        }

        (bool isWitnessed, string? nameless) = await SightAsync(work, seen, cancellationToken).ConfigureAwait(false);
        if (nameless is not null)
            return await UnseenAsync(work, $"batch '{nameless}' in the list may be its own: it names neither a file nor a token")
                .ConfigureAwait(false);
        return isWitnessed ? await WitnessedAsync(work).ConfigureAwait(false) : await UnseenAsync(work, NoWitness).ConfigureAwait(false);
    }

    private async Task<TimeSpan?> WitnessedAsync(ShardWork work)
    {
        ShardFacts facts = work.Facts;
        if (facts.WitnessAt is null)
        {
            await work.MoveAsync(RunStep.Reconcile, ShardState.Intent, facts with { WitnessAt = context.Now }).ConfigureAwait(false);
            return LookEvery;
        }

        if (context.Now - facts.FoundOpenAt < ProofAfter)
            return LookEvery;

        await work.MoveAsync(RunStep.Reconcile, ShardState.Uploaded, facts with
        {
            IntentToken = null,
            IntentAt = null,
            FoundOpenAt = null,
            WitnessAt = null,
            Problem = "the list has proved that the last create "
                + "made no batch",
        }).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan?> UnseenAsync(ShardWork work, string why)
    {
        if (!IsSearchOver(work))
            return LookEvery;

        await SettleAsync(work, why).ConfigureAwait(false);
        return null;
    }

    private bool IsSearchOver(ShardWork work) => context.Now - work.Facts.FoundOpenAt >= WitnessWithin;

    private static Task SettleAsync(ShardWork work, string why)
    {
        ShardFacts facts = work.Facts;
        string problem = $"It is not known whether a batch was created for file '{facts.FileId}' (intent {facts.IntentToken}): {why}. "
            + "Look for it in the gateway's console: attach it (AttachAsync), or abandon the shard (AbandonAsync) if there is none.";
        return work.MoveAsync(RunStep.Settle, ShardState.Ambiguous, facts with { Problem = problem }, freesBudget: true);
    }

    /// <summary>
    /// Whether one of the listed batches is known, and is in the same list because it was made with the same client and provider; and the first one
    /// that nobody knows and that does not say what it was made of: no absence is proved beside it.
    /// </summary>
    private async Task<(bool IsWitnessed, string? Nameless)> SightAsync(ShardWork work, List<Batch> seen, CancellationToken cancellationToken)
    {
        RunAddress address = work.Facts.Address ?? context.Settings.Address;
        bool isWitnessed = false;
        foreach (Batch batch in seen.Where(batch => !isWitnessed || IsNameless(batch, work.Facts)))
        {
            ShardRow? shard = await context.Store.FindBatchAsync(batch.Id, cancellationToken).ConfigureAwait(false);
            if (shard is null && IsNameless(batch, work.Facts))
                return (isWitnessed, batch.Id);
            isWitnessed |= shard is not null && ShardFacts.Of(shard).Address is { } other && other.SharesListWith(address);
        }

        return (isWitnessed, null);
    }

    private static bool IsNameless(Batch batch, ShardFacts facts) => batch.InputFileId is null
        && !batch.Metadata.ContainsKey(IntentToken.MetadataKey) && !(batch.CreatedAt < facts.FileCreatedAt);
}
