using BatchGateway.Internal.Http;
using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>Looks through the gateway's list once for what became of a shard's creates.</summary>
internal sealed class BatchSearch(RunContext context)
{
    /// <exception cref="BatchClientException">The look failed, and nothing can be said.</exception>
    public async Task<Sighting> LookAsync(ShardWork work, CancellationToken cancellationToken)
    {
        long at = context.Clock.GetTimestamp();
        HashSet<string> tokens = [];
        (IReadOnlyList<Batch> found, List<Batch> seen) = await WalkAsync(work, tokens, cancellationToken).ConfigureAwait(false);
        (bool isWitnessed, string? nameless) = await SightAsync(work, seen, tokens, cancellationToken).ConfigureAwait(false);
        return new Sighting(found, isWitnessed, nameless, at);
    }

    /// <summary>Batches of a shard that has one: made by creates of which the list had proved that they made none.</summary>
    /// <exception cref="BatchClientException">The look failed, and nothing can be said.</exception>
    public async Task<IReadOnlyList<Batch>> FindOthersAsync(ShardWork work, CancellationToken cancellationToken)
    {
        (IReadOnlyList<Batch> found, List<Batch> seen) = await WalkAsync(work, tokens: [], cancellationToken).ConfigureAwait(false);
        return [.. found.Concat(seen.Where(batch => IsOfTheFile(batch, work.Facts))).DistinctBy(batch => batch.Id)
            .Where(batch => batch.Id != work.Shard.BatchId)];
    }

    private async Task<(IReadOnlyList<Batch> Found, List<Batch> Seen)> WalkAsync(
        ShardWork work, HashSet<string> tokens, CancellationToken cancellationToken)
    {
        RunClient client = work.Client;
        ShardFacts facts = work.Facts;
        BatchReference intent = new()
        {
            InputFileId = facts.FileId,
            InputFileCreatedAt = facts.FileCreatedAt,
            Intent = facts.IntentToken ?? facts.EarlierIntents[^1].Token,
        };
        BatchCallOptions call = BatchCallOptions.Copy(client.Call);
        call.TokenUsed = token => tokens.Add(token);
        List<Batch> seen = [];
        IReadOnlyList<Batch> found = await new CreateReconciler(client.Batches, context.Clock)
            .LookAsync(intent, call, facts.EarlierBatches, seen.Add, cancellationToken).ConfigureAwait(false);
        return ([.. found.Concat(seen.Where(batch => IsOfAnEarlierIntent(batch, facts))).DistinctBy(batch => batch.Id)], seen);
    }

    /// <summary>
    /// Whether one of the listed batches is known, and is in the same list because it was made with the same client, provider and key; and the first
    /// one that nobody knows and that does not say what it was made of: no absence is proved beside it.
    /// </summary>
    private async Task<(bool IsWitnessed, string? Nameless)> SightAsync(
        ShardWork work, List<Batch> seen, HashSet<string> tokens, CancellationToken cancellationToken)
    {
        // Who signs in with another key now sees another list.
        bool isSameList = IsKeyOf(work.Facts.IntentKey, work.Shard.Run, work.Client, tokens);
        bool isWitnessed = false;
        foreach (Batch batch in seen.Where(batch => (isSameList && !isWitnessed) || IsNameless(batch, work.Facts)))
        {
            ShardRow? shard = await context.Store.FindBatchAsync(batch.Id, cancellationToken).ConfigureAwait(false);
            if (shard is null && IsNameless(batch, work.Facts))
                return (isWitnessed, batch.Id);
            isWitnessed |= isSameList && shard is not null && IsWitness(shard, batch, work, tokens);
        }

        return (isWitnessed, null);
    }

    private bool IsWitness(ShardRow shard, Batch batch, ShardWork work, HashSet<string> tokens)
    {
        // Of a batch before the last one it is not known any more which key it was made with.
        if (shard.BatchId != batch.Id)
            return false;

        ShardFacts facts = ShardFacts.Of(shard);
        return facts.Address is { } address && address.SharesListWith(work.Facts.Address ?? context.Settings.Address)
            && IsKeyOf(facts.BatchKey, shard.Run, work.Client, tokens);
    }

    /// <summary>
    /// Whether the key that a fingerprint was made of is the one that the list was asked with. Where nobody can know it, unknown is like unknown.
    /// </summary>
    private bool IsKeyOf(string? fingerprint, long run, RunClient client, HashSet<string> tokens) => client.Tokens is null
        ? fingerprint is null
        : tokens.Count == 1 && fingerprint == context.Clients.Keys.Of(tokens.Single(), run);

    private static bool IsOfAnEarlierIntent(Batch batch, ShardFacts facts) => !facts.EarlierBatches.Contains(batch.Id)
        && facts.EarlierIntents.Any(intent => IntentToken.IsOf(batch, intent.Token));

    private static bool IsOfTheFile(Batch batch, ShardFacts facts) => batch.InputFileId is { } file && file == facts.FileId
        && !batch.Metadata.ContainsKey(IntentToken.MetadataKey) && !facts.EarlierBatches.Contains(batch.Id);

    private static bool IsNameless(Batch batch, ShardFacts facts) => batch.InputFileId is null
        && !batch.Metadata.ContainsKey(IntentToken.MetadataKey) && !(batch.CreatedAt < facts.FileCreatedAt);
}
