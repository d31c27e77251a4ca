namespace BatchGateway.Runs.Internal;

/// <summary>
/// Before the results of a shard are read: looks whether one of its creates has made a batch after all, although the list had proved that it did not.
/// There is nothing to be done about it but to say so.
/// </summary>
internal sealed class SecondBatchStep(RunContext context, BatchSearch search)
{
    public async Task RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        if (work.Facts.EarlierIntents.Count == 0)
            return;

        IReadOnlyList<Batch> others = await LookAsync(work, cancellationToken).ConfigureAwait(false);
        string[] found = [.. others.Select(batch => batch.Id).Except(work.Facts.SecondBatches)];
        if (found.Length == 0)
            return;

        ShardFacts facts = work.Facts with { SecondBatches = [.. work.Facts.SecondBatches, .. found] };
        await work.MoveAsync(RunStep.Reconcile, ShardState.Terminal, facts).ConfigureAwait(false);
        context.Notices.Add($"Shard {work.Number}: {Problem(work.Shard.BatchId, facts)}");
    }

    /// <summary>What a person should know of a shard with a second batch.</summary>
    public static string Problem(string? batch, ShardFacts facts) =>
        $"its lines may have been paid for twice: {string.Join(", ", facts.SecondBatches.Select(id => $"batch '{id}'"))} of an earlier create came into "
        + $"the list only after it had proved that there was none, and after batch '{batch}' was created, whose results are read. Cancel what still "
        + "runs, and show this to the gateway's operators";

    private async Task<IReadOnlyList<Batch>> LookAsync(ShardWork work, CancellationToken cancellationToken)
    {
        try
        {
            return await search.FindOthersAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchClientException exception) when (exception is BatchApiException or BatchConnectionException or BatchResponseException)
        {
            // The results are worth more than the answer.
            context.Notices.Add($"Shard {work.Number}: whether an earlier create of it has made a batch after all could not be looked up: "
                + $"{exception.Message}");
            return [];
        }
    }
}
