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
    /// <exception cref="BatchRunException">A line has no final outcome yet, or the file cannot be written.</exception>
    public async Task WriteAsync(RunRow run, string path, CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await store.ListShardsAsync(run.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        RequireSettled(run, shards, path);
        try
        {
            ResultWriter writer = new(path, shards);
            await using (writer.ConfigureAwait(false))
                await WriteAsync(run, writer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DiskFailure.IsOne(exception))
        {
            throw DiskFailure.OfResults(run, path, exception);
        }
    }

    private async Task WriteAsync(RunRow run, ResultWriter writer, CancellationToken cancellationToken)
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

        if (writer.Lines != run.Input!.Lines)
            throw new InvalidDataException($"Run '{run.Name}' has {run.Input.Lines} lines, and {writer.Lines} of them an outcome, though all of its "
                + "shards are settled: the state folder was changed from outside. Restore the folder, or delete the run.");
        await writer.PublishAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A file that looks complete is: lines that are still under way, or tried again, have no outcome that stays.</summary>
    private static void RequireSettled(RunRow run, IReadOnlyList<ShardRow> shards, string path)
    {
        if (run.Input is not { } input)
            throw new BatchRunException(
                $"The lines of run '{run.Name}' are not durable yet, and have no results. Nothing was written to '{path}'. Start the run again with "
                + "its lines (RunAsync).");

        long open = shards.Where(shard => RunViews.IsOpen(shard.State)).Sum(shard => shard.Lines);
        if (open > 0)
            throw new BatchRunException(
                $"{open} of the {input.Lines} lines of run '{run.Name}' have no final outcome yet. Nothing was written to '{path}'. Resume the run "
                + "(ResumeAsync), and settle what it names in Unsettled (AttachAsync, AbandonAsync), then write its results; what there is so far can "
                + "be read (ReadResultsAsync).");
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
