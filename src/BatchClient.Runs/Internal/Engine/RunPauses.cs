namespace BatchGateway.Runs.Internal;

/// <summary>
/// The pauses of those who work on a run. Only when all of them rest does anybody wait for the clock; else each rests until the others are done,
/// which tells a test's clock, which jumps from wait to wait, that nothing is to be jumped over.
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
        Rester me = new(changed, clock.GetUtcNow() + limit);
        lock (_resters)
            _resters.Add(me);
        End();
        try
        {
            do
                await RestOnceAsync(me, cancellationToken).ConfigureAwait(false);
            while (me.IsAsleep(clock.GetUtcNow()));
        }
        finally
        {
            Begin();
            lock (_resters)
                _resters.Remove(me);
        }
    }

    private Task RestOnceAsync(Rester me, CancellationToken cancellationToken)
    {
        Task resting = _resting.Next;
        TimeSpan? limit = me.Until - clock.GetUtcNow();
        return Volatile.Read(ref _working) == 0 && IsFirst(me)
            ? Signal.WaitAsync(me.Changed, limit, clock, cancellationToken)
            : Signal.WaitForWorkAsync(Task.WhenAny(me.Changed, resting), limit, clock, cancellationToken);
    }

    // Nobody may jump over the one whose rest ends first, nor over one who was woken and is only about to begin.
    private bool IsFirst(Rester me)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_resters)
            return _resters.TrueForAll(rester => rester.IsAsleep(now)) && _resters.MinBy(rester => rester.Until ?? DateTimeOffset.MaxValue) == me;
    }

    private sealed class Rester(Task changed, DateTimeOffset? until)
    {
        public Task Changed { get; } = changed;

        public DateTimeOffset? Until { get; } = until;

        public bool IsAsleep(DateTimeOffset now) => !Changed.IsCompleted && !(Until <= now);
    }
}
