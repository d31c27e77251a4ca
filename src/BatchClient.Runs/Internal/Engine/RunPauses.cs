namespace BatchGateway.Runs.Internal;

/// <summary>
/// The pauses of those who work on a run. Only when all of them rest does anybody wait for the clock; else each rests until the others are done, which
/// tells a test's clock, which jumps from wait to wait, that nothing is to be jumped over.
/// </summary>
internal sealed class RunPauses(TimeProvider clock)
{
    private readonly Signal _resting = new();
    private readonly List<Rester> _resters = [];
    private int _working;

    /// <summary>Somebody begins to work.</summary>
    public void Begin() => Interlocked.Increment(ref _working);

    /// <summary>Somebody rests, or has ended.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _working) == 0)
            _resting.Set();
    }

    /// <summary>Rests until there is a change, but not for longer than this; null for as long as it takes.</summary>
    public async Task RestAsync(Task changed, TimeSpan? limit, CancellationToken cancellationToken)
    {
        Rester me = new(clock.GetUtcNow() + limit);
        lock (_resters)
            _resters.Add(me);
        End();
        try
        {
            do
                await RestOnceAsync(me, changed, cancellationToken).ConfigureAwait(false);
            while (!changed.IsCompleted && !(me.Until <= clock.GetUtcNow()));
        }
        finally
        {
            lock (_resters)
                _resters.Remove(me);
            Begin();
        }
    }

    private Task RestOnceAsync(Rester me, Task changed, CancellationToken cancellationToken)
    {
        Task resting = _resting.Next;
        TimeSpan? limit = me.Until - clock.GetUtcNow();
        return Volatile.Read(ref _working) == 0 && IsFirst(me)
            ? Signal.WaitAsync(changed, limit, clock, cancellationToken)
            : Signal.WaitForWorkAsync(Task.WhenAny(changed, resting), limit, clock, cancellationToken);
    }

    // Nobody may jump over the one whose rest ends first.
    private bool IsFirst(Rester me)
    {
        lock (_resters)
            return _resters.MinBy(rester => rester.Until ?? DateTimeOffset.MaxValue) == me;
    }

    private sealed class Rester(DateTimeOffset? until)
    {
        public DateTimeOffset? Until { get; } = until;
    }
}
