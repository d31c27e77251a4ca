using System.Collections.Immutable;

namespace BatchGateway.Runs.Internal;

/// <summary>Tells whoever listens how a run stands, at most once a second.</summary>
internal sealed class RunReporter(RunContext context)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _startedAt = context.Now;
    private readonly RunPace _pace = new();
    private ImmutableList<IProgress<BatchRunProgress>> _listeners = [];
    private DateTimeOffset? _reportedAt;

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
        Dictionary<int, Batch> snapshots = context.Snapshots.ToDictionary();
        ICollection<Batch> batches = snapshots.Values;
        long lines = context.Run.Input?.Lines ?? 0;
        long settled = Settled(shards, counts);
        long reported = RunPace.Reported(shards, snapshots);
        double? pace = _pace.Look(settled, shards, snapshots, context.Now);
        RunCost cost = RunCost.Of(context.Settings, counts, shards.Select(ShardFacts.Of));
        return new BatchRunProgress
        {
            Name = context.Run.Name,
            Status = RunViews.StatusOf(context.Run),
            Lines = lines,
            Outcomes = counts.Lines,
            LinesReported = reported,
            Shards = shards.GroupBy(RunViews.StatusOf).ToDictionary(group => group.Key, group => group.Count()),
            Batches = batches.GroupBy(batch => batch.Status).ToDictionary(group => group.Key, group => group.Count()),
            BytesUploaded = context.Traffic.Uploaded,
            BytesDownloaded = context.Traffic.Downloaded,
            InputTokens = counts.InputTokens,
            OutputTokens = counts.OutputTokens,
            Cost = cost.Cost,
            UnpricedLines = cost.UnpricedLines,
            Elapsed = context.Now - _startedAt,
            LinesPerSecond = pace,
            EstimatedEnd = EstimateEnd(lines - settled - reported, pace),
            Notices = context.Notices.Take(),
        };
    }

    /// <summary>The lines that are done for good.</summary>
    private long Settled(IReadOnlyList<ShardRow> shards, RunCounts counts)
    {
        long open = shards.Where(shard => RunViews.IsOpen(shard.State)).Sum(shard => shard.Lines);
        return Math.Max(0, (context.Run.Input?.Lines ?? counts.Lines.Values.Sum()) - open);
    }

    private DateTimeOffset? EstimateEnd(long left, double? pace)
    {
        double? seconds = Math.Max(0, left) / pace;
        return seconds < TimeSpan.FromDays(365).TotalSeconds ? context.Now + TimeSpan.FromSeconds(seconds.Value) : null;
    }
}
