namespace BatchGateway.Runs.Internal;

/// <summary>New shards of the lines of a shard that are worth another try.</summary>
internal sealed class RetryShards(IBlobStore blobs, HarvestRequest request, HarvestTable table)
{
    public async Task<IReadOnlyList<NewShard>> WriteAsync(CancellationToken cancellationToken)
    {
        RetryTally tally = request.Tally;
        int attempt = request.Shard.Attempt;
        // Never both of the first two: a batch that was refused as a whole has no line that expired.
        return
        [
            .. await WriteAsync(RetryVerdict.AfterExpiry, attempt, tally with { Expiries = tally.Expiries + 1 }, cancellationToken).ConfigureAwait(false),
            .. await WriteAsync(RetryVerdict.AfterRefusal, attempt, tally with { Refusals = tally.Refusals + 1 }, cancellationToken).ConfigureAwait(false),
            .. await WriteAsync(RetryVerdict.NextAttempt, attempt + 1, tally, cancellationToken).ConfigureAwait(false),
        ];
    }

    private async Task<IReadOnlyList<NewShard>> WriteAsync(RetryVerdict verdict, int attempt, RetryTally tally, CancellationToken cancellationToken)
    {
        if (!table.Lines(verdict).Any())
            return [];

        IReadOnlyList<NewShard> shards = await new RetryShardWriter(blobs)
            .WriteAsync(request.Shard, attempt, table.Lines(verdict), request.Options.Limits, cancellationToken).ConfigureAwait(false);
        return [.. shards.Select(shard => shard with { Facts = request.RetryFacts?.Invoke(tally) })];
    }
}
