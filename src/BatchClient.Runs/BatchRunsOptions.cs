using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs;

/// <summary>Where runs are kept, and how they are worked on. Read once, when runs are first used.</summary>
public sealed class BatchRunsOptions
{
    /// <summary>The folder that holds the state, the input and the results of all runs. One process at a time uses it. Required.</summary>
    public string? StateFolder { get; set; }

    /// <summary>The key of the client that runs go through, unless a request names another; empty, the default, for the one without a key.</summary>
    public string Client { get; set; } = "";

    /// <summary>How many shards of a run are worked on at once: uploads, creates, downloads. Default: 4, at least 1.</summary>
    public int Workers { get; set; } = 4;

    /// <summary>
    /// How often a batch is looked at; longer than nothing. Null, the default, for every two seconds at first (later where there are many batches), then
    /// slower, down to every two minutes. A gateway that asks to be left alone for longer is left alone.
    /// </summary>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>
    /// Decides whether a line that did not succeed is worth another attempt, within the limits of its run. Null, the default, for: 429, 5xx,
    /// <c>request_timeout</c>, and lines that expired or that the provider cancelled. An exception of its stops the run.
    /// </summary>
    public Func<BatchResultLine, bool>? ShouldRetry { get; set; }

    /// <summary>Whether the background service resumes unfinished runs when the host starts. Default: true.</summary>
    public bool ResumeAtStart { get; set; } = true;

    /// <summary>
    /// The clock for waiting and for deadlines. Null, the default, for that of the client (<see cref="BatchGatewayOptions.TimeProvider"/>).
    /// </summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Told of every durable step, in tests.</summary>
    internal StepProbe? Probe { get; set; }

    /// <summary>Stands between the engine and its store, in tests that break something on purpose.</summary>
    internal Func<IRunStore, IRunStore>? StoreSeam { get; set; }

    /// <summary>Stands between the engine and its blobs, in tests that break something on purpose.</summary>
    internal Func<IBlobStore, IBlobStore>? BlobSeam { get; set; }
}
