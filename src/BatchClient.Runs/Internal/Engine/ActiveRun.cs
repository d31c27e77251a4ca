namespace BatchGateway.Runs.Internal;

/// <summary>A run that this process works on, once, for as many callers as wait for it. When the last one leaves, it is left.</summary>
internal sealed class ActiveRun(RunContext context, int workers) : IAsyncDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly RunReporter _reporter = new(context);
    private Task? _driving;
    private int _callers;
    private int _isDisposed;

    public RunContext Context { get; } = context;

    /// <summary>Counts a caller in; called under the lock of the list of active runs.</summary>
    public void Enter(IProgress<BatchRunProgress>? progress)
    {
        _callers++;
        if (progress is not null)
            _reporter.Add(progress);
        if (_driving is not null)
            return;

        _driving = Task.Run(() => DriveAsync(_left.Token), CancellationToken.None);
        _ = TellEndAsync(_driving);
    }

    /// <summary>Counts a caller out; called under the lock of the list of active runs. True for the last one.</summary>
    public bool Leave(IProgress<BatchRunProgress>? progress)
    {
        if (progress is not null)
            _reporter.Remove(progress);
        return --_callers == 0;
    }

    /// <summary>Whether it came to an end, good or bad: whoever comes now needs another one.</summary>
    public bool IsDone => _driving?.IsCompleted == true || _left.IsCancellationRequested;

    /// <summary>Ends with the next change, of which the end of the work is the last one; null before it begins and after it.</summary>
    public Task? NextChange
    {
        get
        {
            // In this order: an end that comes after the look is still a change.
            Task next = Context.Changed.Next;
            return _driving is { IsCompleted: false } ? next : null;
        }
    }

    /// <summary>Waits for the run's end, or for its own caller's cancellation.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _driving!.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // Whoever owns the runs may have gone before the last caller leaves.
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        await _left.CancelAsync().ConfigureAwait(false);
        if (_driving is not null)
            await _driving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _left.Dispose();
    }

    private async Task TellEndAsync(Task driving)
    {
        await driving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Context.Changed.Set();
    }

    private async Task DriveAsync(CancellationToken cancellationToken)
    {
        try
        {
            using RunLoop loop = new(Context, _reporter, workers);
            await loop.RunAsync(cancellationToken).ConfigureAwait(false);
            await EndAsync(cancellationToken).ConfigureAwait(false);
            await _reporter.ReportNowAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException exception)
        {
            // A container may dispose of a client's connections before it comes to the runs.
            throw new OperationCanceledException(
                "The application's services were disposed of while the run was being worked on. It stays as it is; resume it.", exception, cancellationToken);
        }
    }

    /// <summary>
    /// A run ends when nothing is left for anybody to do. An ambiguous shard is, and so is one that was attached to its batch since the loop has
    /// looked.
    /// </summary>
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ShardRow> shards = await Context.Store
            .ListShardsAsync(Context.Run.Id, ShardState.All, cancellationToken).ConfigureAwait(false);
        if (shards.Any(shard => RunViews.IsOpen(shard.State)))
            return;

        Context.Before(RunStep.End);
        RunRow? run = await Context.Store.FindRunAsync(Context.Run.Name, cancellationToken).ConfigureAwait(false);
        // A request to cancel may come in between: the run has ended all the same.
        while (run is not null && run.Id == Context.Run.Id && run.State != RunState.Ended)
        {
            run = await Context.Store.ApplyRunAsync(run, RunState.Ended, cancellationToken).ConfigureAwait(false)
                ?? await Context.Store.FindRunAsync(Context.Run.Name, cancellationToken).ConfigureAwait(false);
        }

        Context.Run = run ?? Context.Run;
        Context.After(RunStep.End);
    }
}
