using System.Collections.Immutable;

namespace BatchGateway.Runs.Internal;

/// <summary>Tells whoever listens how a run stands, at most once a second.</summary>
internal sealed class RunReporter(RunContext context)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _startedAt = context.Now;
    private ImmutableList<IProgress<BatchRunProgress>> _listeners = [];
    private DateTimeOffset? _reportedAt;
    private double? _doneAtStart;

    public void Add(IProgress<BatchRunProgress> listener) => ImmutableInterlocked.Update(ref _listeners, list => list.Add(listener));

    public void Remove(IProgress<BatchRunProgress> listener) => ImmutableInterlocked.Update(ref _listeners, list => list.Remove(listener));

    /// <summary>When a report is due that was put off; null when none was.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>Reports now, unless the last report is younger than a second: then it is due later, and somebody must come again.</summary>
    public Task ReportAsync(CancellationToken cancellationToken)
    {
        if (_listeners.IsEmpty || !(context.Now - _reportedAt < Every))
            return ReportNowAsync(cancellationToken);

        Due = _reportedAt + Every;
        return Task.CompletedTask;
    }

    public async Task ReportNowAsync(CancellationToken cancellationToken)
    {
        Due = null;
        if (_listeners.IsEmpty)
            return;

        _reportedAt = context.Now;
        BatchRunProgress progress = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        foreach (IProgress<BatchRunProgress> listener in _listeners)
            listener.Report(progress);
    }

    private async Task<BatchRunProgress> SnapshotAsync(CancellationToken cancellationToken)
    {
        RunCounts counts = await context.Store.CountsAsync(context.Run.Id, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ShardRow> shards = await context.Store
            .ListShardsAsync(context.Run.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        List<Batch> batches = [.. context.Snapshots.Values];
        RunCost cost = RunCost.Of(context.Settings, counts, shards.Select(ShardFacts.Of));
        return new BatchRunProgress
        {
            Name = context.Run.Name,
            Status = RunViews.StatusOf(context.Run),
            Lines = context.Run.Input?.Lines ?? 0,
            Outcomes = counts.Lines,
            LinesReported = Reported(shards),
            Shards = shards.GroupBy(RunViews.StatusOf).ToDictionary(group => group.Key, group => group.Count()),
            Batches = batches.GroupBy(batch => batch.Status).ToDictionary(group => group.Key, group => group.Count()),
            BytesUploaded = context.Traffic.Uploaded,
            BytesDownloaded = context.Traffic.Downloaded,
            InputTokens = counts.InputTokens,
            OutputTokens = counts.OutputTokens,
            Cost = cost.Cost,
            UnpricedLines = cost.UnpricedLines,
            Elapsed = context.Now - _startedAt,
            EstimatedEnd = EstimateEnd(Done(shards, counts)),
            Notices = context.Notices.Take(),
        };
    }

    /// <summary>The lines that are done for good, and those that running batches say they have done.</summary>
    private double Done(IReadOnlyList<ShardRow> shards, RunCounts counts)
    {
        long open = shards.Where(shard => RunViews.IsOpen(shard.State)).Sum(shard => shard.Lines);
        return Math.Max(0, (context.Run.Input?.Lines ?? counts.Lines.Values.Sum()) - open) + Reported(shards);
    }

    // A gateway may count anything: a batch has done no more lines than it has. And the last look outlives the batch for a moment.
    private long Reported(IReadOnlyList<ShardRow> shards) => shards.Where(shard => RunViews.IsOpen(shard.State)).Sum(shard =>
        context.Snapshots.TryGetValue(shard.Number, out Batch? batch) && batch.RequestCounts is { } counts
            ? Math.Min(shard.Lines, Math.Clamp(counts.Completed ?? 0, 0, shard.Lines) + Math.Clamp(counts.Failed ?? 0, 0, shard.Lines))
            : 0);

    /// <summary>At the pace since this process began; null before anything was done.</summary>
    private DateTimeOffset? EstimateEnd(double done)
    {
        _doneAtStart ??= done;
        double pace = (done - _doneAtStart.Value) / Math.Max(1, (context.Now - _startedAt).TotalSeconds);
        double left = (context.Run.Input?.Lines ?? 0) - done;
        double seconds = left / pace;
        return pace > 0 && seconds < TimeSpan.FromDays(365).TotalSeconds ? context.Now + TimeSpan.FromSeconds(Math.Max(0, seconds)) : null;
    }
}
