using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Runs.Internal;

/// <summary>What everything that works on one run shares.</summary>
internal sealed class RunContext(RunRow run, TimeProvider clock, ILogger logger)
{
    /// <summary>As it was last looked at.</summary>
    public RunRow Run { get; set; } = run;

    public required RunSettings Settings { get; init; }

    public required IRunStore Store { get; init; }

    /// <summary>The blobs of this run alone.</summary>
    public required IBlobStore Blobs { get; init; }

    public TimeProvider Clock { get; } = clock;

    public required ClientDirectory Clients { get; init; }

    public required string Worker { get; init; }

    /// <summary>How often a batch is looked at; null for a pause that grows.</summary>
    public TimeSpan? PollInterval { get; init; }

    public Func<BatchResultLine, bool>? ShouldRetry { get; init; }

    public StepProbe? Probe { get; init; }

    /// <summary>Set with every change of the run or of a shard.</summary>
    public Signal Changed => Notices.Changed;

    public RunPauses Pauses { get; } = new(clock);

    public RunNotices Notices { get; } = new(logger, run.Name);

    public RunTraffic Traffic { get; } = new();

    /// <summary>Batches that the watch has seen at their end, and whose results are to be brought in; by shard.</summary>
    public ConcurrentDictionary<int, Batch> Ended { get; } = new();

    /// <summary>The last look at each batch that is being watched, by shard.</summary>
    public ConcurrentDictionary<int, Batch> Snapshots { get; } = new();

    public RunSetbacks Setbacks { get; } = new(clock);

    /// <summary>For how long this process has known which intents to be open.</summary>
    public OpenIntents OpenIntents { get; } = new(clock);

    public RunStops Stops { get; } = new();

    public BudgetRoom Room { get; } = new(clock);

    /// <summary>What is in flight is being cancelled, and nothing new is sent.</summary>
    public bool IsCancelling => Run.State == RunState.Cancelling;

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The client that the shard's calls go through: where they went before, or where the run's go.</summary>
    public RunClient ClientOf(ShardFacts facts) => Clients.Find(facts.Address ?? Settings.Address);

    public void Before(RunStep step, int shard = 0) => Probe?.Reached(step, isDone: false, shard);

    public void After(RunStep step, int shard = 0) => Probe?.Reached(step, isDone: true, shard);
}
