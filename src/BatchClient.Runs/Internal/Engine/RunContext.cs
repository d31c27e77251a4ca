using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Runs.Internal;

/// <summary>What everything that works on one run shares.</summary>
internal sealed class RunContext
{
    private RunNotices? _notices;
    private RunSetbacks? _setbacks;
    private int _working;

    public required RunRow Run { get; set; }

    public required RunSettings Settings { get; init; }

    public required IRunStore Store { get; init; }

    /// <summary>The blobs of this run alone.</summary>
    public required IBlobStore Blobs { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ClientDirectory Clients { get; init; }

    public required ILogger Logger { get; init; }

    public required string Worker { get; init; }

    public Func<BatchResultLine, bool>? ShouldRetry { get; init; }

    public StepProbe? Probe { get; init; }

    /// <summary>Set with every change of the run or of a shard.</summary>
    public Signal Changed { get; } = new();

    public RunNotices Notices => _notices ??= new RunNotices(Logger, Run.Name);

    public RunTraffic Traffic { get; } = new();

    /// <summary>Waits for a change of the run or of a shard, but not for longer than this.</summary>
    public Task WaitAsync(Task changed, TimeSpan? limit, CancellationToken cancellationToken) => Volatile.Read(ref _working) > 0
        ? Signal.WaitForWorkAsync(changed, limit, Clock, cancellationToken)
        : Signal.WaitAsync(changed, limit, Clock, cancellationToken);

    /// <summary>A worker begins, or ends.</summary>
    public void CountWorker(int by) => Interlocked.Add(ref _working, by);

    /// <summary>Batches that the watch has seen at their end, and whose results are to be brought in; by shard.</summary>
    public ConcurrentDictionary<int, Batch> Ended { get; } = new();

    /// <summary>The last look at each batch that is being watched, by shard.</summary>
    public ConcurrentDictionary<int, Batch> Snapshots { get; } = new();

    public RunSetbacks Setbacks => _setbacks ??= new RunSetbacks(Clock);

    /// <summary>What is in flight is being cancelled, and nothing new is sent.</summary>
    public bool IsCancelling => Run.State == RunState.Cancelling;

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The client that the shard's calls go through: where they went before, or where the run's go.</summary>
    public RunClient ClientOf(ShardFacts facts) => Clients.Find(facts.Address ?? Settings.Address);

    public void Before(RunStep step, int shard = 0) => Probe?.Reached(step, isDone: false, shard);

    public void After(RunStep step, int shard = 0) => Probe?.Reached(step, isDone: true, shard);
}
