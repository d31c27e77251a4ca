namespace BatchGateway.Runs.Internal;

/// <summary>The runs that this process works on: each once, however many wait for it.</summary>
internal sealed class ActiveRuns : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, ActiveRun> _runs = [];

    /// <summary>What works on a run share; null when nobody does.</summary>
    public RunContext? ContextOf(string name)
    {
        lock (_runs)
            return _runs.TryGetValue(name, out ActiveRun? run) && !run.IsDone ? run.Context : null;
    }

    /// <summary>Ends with the next change of a run, or when nobody works on it any longer; null when nobody does.</summary>
    public Task? ChangeOf(string name)
    {
        lock (_runs)
            return _runs.TryGetValue(name, out ActiveRun? run) ? run.NextChange : null;
    }

    /// <summary>Takes part in a run until it has ended.</summary>
    public async Task JoinAsync(string name, Func<ActiveRun> start, IProgress<BatchRunProgress>? progress, CancellationToken cancellationToken)
    {
        ActiveRun run = await EnterAsync(name, start, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            await run.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await LeaveAsync(name, run, progress).ConfigureAwait(false);
        }
    }

    /// <summary>Does something while nobody works on a run, and nobody begins to; one that is being left is waited for.</summary>
    /// <returns>Whether it was done; false while the run is being worked on.</returns>
    public async Task<bool> TryWithoutAsync(string name, Func<Task> act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (ContextOf(name) is not null)
                return false;

            await act().ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        foreach (ActiveRun run in _runs.Values)
            await run.DisposeAsync().ConfigureAwait(false);
        _gate.Release();
    }

    private async Task<ActiveRun> EnterAsync(string name, Func<ActiveRun> start, IProgress<BatchRunProgress>? progress,
        CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_runs.TryGetValue(name, out ActiveRun? run) || run.IsDone)
            {
                run = start();
                lock (_runs)
                    _runs[name] = run;
            }

            run.Enter(progress);
            return run;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task LeaveAsync(string name, ActiveRun run, IProgress<BatchRunProgress>? progress)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (!run.Leave(progress))
                return;

            await run.DisposeAsync().ConfigureAwait(false);
            lock (_runs)
            {
                if (_runs.GetValueOrDefault(name) == run)
                    _runs.Remove(name);
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
