namespace BatchGateway.Runs;

/// <summary>
/// Runs of any number of lines over many batches: one outcome for each line, through crashes at any moment, and no line paid for twice. Thread-safe.
/// </summary>
public interface IBatchRuns
{
    /// <summary>
    /// Starts a run, or goes on with the one of this name where it stood, in this process or another. Its lines are durable before the first of them
    /// is sent; given again, they are compared. Returns when every line has an outcome, or only shards are left that a person must settle.
    /// </summary>
    /// <param name="request">The name, the lines and the options.</param>
    /// <param name="progress">Receives a report after each change, at most one a second.</param>
    /// <param name="cancellationToken">Leaves the run: its batches go on at the gateway, and a later call goes on with them.</param>
    /// <exception cref="BatchInputException">A line cannot be sent. Nothing was.</exception>
    /// <exception cref="BatchRunConflictException">There is a run of this name with other lines.</exception>
    /// <exception cref="BatchRunException">
    /// The run's client is not registered, or points elsewhere; or shards have stopped that no pause helps, and the others are at their end; or the
    /// disk has failed. The message says which, how things stand and what to do; the inner exception is the cause. Resume the run when it is gone.
    /// </exception>
    /// <exception cref="BatchClientException">The state folder cannot be used.</exception>
    /// <example>
    /// <code>
    /// BatchRunSummary summary = await runs.RunAsync(new BatchRunRequest("reviews-2026-11-21", lines) { MaxBatchesInFlight = 8 });
    /// await foreach (BatchResultLine line in runs.ReadResultsAsync("reviews-2026-11-21"))
    ///     Console.WriteLine($"{line.CustomId}: {line.Kind}");
    /// </code>
    /// </example>
    Task<BatchRunSummary> RunAsync(BatchRunRequest request, IProgress<BatchRunProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Goes on with a run where it stood. It needs no lines: they are durable.</summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="progress">Receives a report after each change, at most one a second.</param>
    /// <param name="cancellationToken">Leaves the run: its batches go on at the gateway.</param>
    /// <exception cref="BatchRunException">
    /// There is no such run, its lines are not durable yet, or its client is not registered or points elsewhere; or shards have stopped again that no
    /// pause helps, and the others are at their end; or the disk has failed.
    /// </exception>
    /// <exception cref="BatchClientException">The state folder cannot be used.</exception>
    /// <example>
    /// <code>
    /// BatchRunSummary summary = await runs.ResumeAsync("reviews-2026-11-21");   // needs no lines
    /// </code>
    /// </example>
    Task<BatchRunSummary> ResumeAsync(string name, IProgress<BatchRunProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Cancels a run: nothing more is sent, batches in flight are cancelled, and what they did is brought in. Returns at the end of that, which is
    /// the provider's affair: ten minutes and more. Lines that did not run have the outcome cancelled, and are not sent again.
    /// </summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="progress">Receives a report after each change, at most one a second.</param>
    /// <param name="cancellationToken">Leaves the run, which stays cancelled: a later call goes on with that.</param>
    /// <exception cref="BatchRunException">
    /// There is no such run, or its lines are not durable yet; or shards have stopped that no pause helps, or the disk has failed.
    /// </exception>
    /// <exception cref="BatchClientException">The state folder cannot be used.</exception>
    Task<BatchRunSummary> CancelAsync(string name, IProgress<BatchRunProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the results that there are now, one for each line that has an outcome, in the order of the input, and waits for none. Lines without an
    /// outcome are left out; lines that are being tried again are there with the outcome of their last attempt, which may still change. May be
    /// repeated; pays nothing. <see cref="ReadArrivingResultsAsync"/> gives results in the order in which they become final.
    /// </summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BatchRunException">There is no such run.</exception>
    IAsyncEnumerable<BatchResultLine> ReadResultsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads results as they arrive, shard by shard, each line once and only when its outcome is final: those that are there already, then those of
    /// each further shard, until the run has ended or only unsettled shards are left. It does not drive the run.
    /// </summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BatchRunException">There is no such run.</exception>
    IAsyncEnumerable<BatchResultLine> ReadArrivingResultsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes one line for each line of the input, in its order, as JSON: <c>custom_id</c>, <c>outcome</c>, <c>attempts</c>, <c>batch_id</c>,
    /// <c>status_code</c>, <c>response</c>, <c>error</c>. The file appears under its name whole or not at all, and only when every line has an outcome
    /// that stays: when the run has ended, or was cancelled or abandoned and nothing of it is open.
    /// </summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="BatchRunException">
    /// There is no such run, lines of it are still open (how many, and what to do), or the file cannot be written. Nothing was written.
    /// </exception>
    Task WriteResultsAsync(string name, string path, CancellationToken cancellationToken = default);

    /// <summary>All runs of the state folder, in the order in which they were made, without their shards.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<BatchRunInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>A run with its shards; null when there is none of this name.</summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<BatchRunInfo?> FindAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Settles an ambiguous shard: this is its batch. Resume the run afterwards.</summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="shard">The number of the shard.</param>
    /// <param name="batchId">The batch that was found, in the gateway's console.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchRunException">There is no such run or shard, the shard is not ambiguous, or the batch is not its own: of another
    /// file, of another create, older than the file, or known as that of another shard.</exception>
    /// <exception cref="BatchClientException">The batch could not be looked at.</exception>
    Task AttachAsync(string name, int shard, string batchId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives up a shard that is ambiguous, whose batch or result files the gateway does not have any more, or that was refused and has stopped before
    /// it was sent: its lines get the outcome missing, unless an earlier attempt gave them another, and are not sent again. Resume the run afterwards.
    /// </summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="shard">The number of the shard.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchRunException">There is no such run or shard, or the shard goes on by itself: nothing was sent yet, its batch is being
    /// looked for, or is there.</exception>
    /// <exception cref="BatchClientException">Whether its batch is there could not be looked at.</exception>
    Task AbandonAsync(string name, int shard, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a run here, with its input and its results; false when there is none of this name. What it has at the gateway stays: cancel it first.
    /// </summary>
    /// <param name="name">The name of the run.</param>
    /// <param name="cancellationToken">Cancels the call before anything is deleted.</param>
    /// <exception cref="BatchRunException">The run is being worked on by this process.</exception>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default);
}
