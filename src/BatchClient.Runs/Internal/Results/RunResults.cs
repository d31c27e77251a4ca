using System.Runtime.CompilerServices;

namespace BatchGateway.Runs.Internal;

/// <summary>The results of a run, one of each input line. Memory does not grow with their number.</summary>
internal sealed class RunResults(IRunStore store, IBlobStore blobs)
{
    /// <summary>All results that there are, in the order of the input. Lines without an outcome yet are left out.</summary>
    public IAsyncEnumerable<BatchResultLine> ReadAsync(RunRow run, CancellationToken cancellationToken) =>
        LinesAsync(OutcomesAsync(run, cancellationToken), cancellationToken);

    /// <summary>
    /// What one harvested shard has settled, in the order of its lines: not the lines that are tried again, nor those that another shard has
    /// answered better. Of a shard that was given up, all of them: nobody else will say more.
    /// </summary>
    public IAsyncEnumerable<BatchResultLine> ReadSettledAsync(RunRow run, ShardRow shard, CancellationToken cancellationToken) =>
        LinesAsync(SettledAsync(run, shard, cancellationToken), cancellationToken);

    /// <summary>Writes one JSON line for each input line, in their order: to a temporary name, flushed, then renamed.</summary>
    /// <exception cref="InvalidOperationException">A line has no outcome yet.</exception>
    public async Task WriteAsync(RunRow run, string path, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await store.ListShardsAsync(run.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        ResultWriter writer = new(path, shards);
        await using (writer.ConfigureAwait(false))
        {
            ResultPlaces places = new(blobs);
            await using (places.ConfigureAwait(false))
            {
                await foreach (LineResult line in OutcomesAsync(run, cancellationToken).ConfigureAwait(false))
                {
                    ReadOnlyMemory<byte> bytes = await places.ReadAsync(line.Outcome, cancellationToken).ConfigureAwait(false);
                    await writer.WriteAsync(line, bytes, cancellationToken).ConfigureAwait(false);
                }
            }

            if (run.Input is not { } input || writer.Lines != input.Lines)
                throw new InvalidOperationException(
                    $"{writer.Lines} of the {run.Input?.Lines ?? 0} lines of run '{run.Name}' have an outcome. Nothing was written to '{path}': "
                    + "resume the run, then write its results.");
            await writer.PublishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<BatchResultLine> LinesAsync(
        IAsyncEnumerable<LineResult> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ResultPlaces places = new(blobs);
        await using (places.ConfigureAwait(false))
        {
            await foreach (LineResult line in results.ConfigureAwait(false))
            {
                ReadOnlyMemory<byte> bytes = await places.ReadAsync(line.Outcome, cancellationToken).ConfigureAwait(false);
                yield return StoredResult.ToLine(line.CustomId.Span, line.Outcome, bytes.Span);
            }
        }
    }

    /// <summary>The lines of the input with their outcomes.</summary>
    private async IAsyncEnumerable<LineResult> OutcomesAsync(RunRow run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await store.ListShardsAsync(run.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        LineCursor<LineOutcome> outcomes = OutcomesFrom(run, 0, cancellationToken);
        await using (outcomes.ConfigureAwait(false))
        {
            foreach (ShardRow shard in shards.Where(shard => shard.Parent is null))
            {
                await foreach (ShardLine line in ShardLines.ReadAsync(blobs, shard, cancellationToken).ConfigureAwait(false))
                {
                    if (await outcomes.MoveToAsync(line.Sequence).ConfigureAwait(false))
                        yield return new LineResult(line.CustomId, outcomes.Current);
                }
            }
        }
    }

    private async IAsyncEnumerable<LineResult> SettledAsync(RunRow run, ShardRow shard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await store.ListShardsAsync(run.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        IEnumerable<ShardRow> children = shards.Where(other => other.Parent == shard.Number);
        RetriedLines retried = new(children.Select(child => ShardLines.ReadAsync(blobs, child, cancellationToken)));
        await using (retried.ConfigureAwait(false))
        {
            LineCursor<LineOutcome>? outcomes = null;
            try
            {
                await foreach (ShardLine line in ShardLines.ReadAsync(blobs, shard, cancellationToken).ConfigureAwait(false))
                {
                    outcomes ??= OutcomesFrom(run, line.Sequence, cancellationToken);
                    bool isRetried = await retried.ContainsAsync(line.Sequence).ConfigureAwait(false);
                    if (await outcomes.MoveToAsync(line.Sequence).ConfigureAwait(false) && !isRetried
                        && (outcomes.Current.Shard == shard.Number || shard.State == ShardState.Abandoned))
                        yield return new LineResult(line.CustomId, outcomes.Current);
                }
            }
            finally
            {
                if (outcomes is not null)
                    await outcomes.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private LineCursor<LineOutcome> OutcomesFrom(RunRow run, long line, CancellationToken cancellationToken) =>
        new(store.ReadOutcomesAsync(run.Id, line, cancellationToken), outcome => outcome.Line);
}
