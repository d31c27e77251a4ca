namespace BatchGateway.Runs.Internal;

/// <summary>
/// The pauses of those who work on a run. Only when all of them rest does anybody wait for the clock; else each rests until the others are done,
/// which tells a test's clock, which jumps from wait to wait, that nothing is to be jumped over.
/// </summary>
internal sealed class RunPauses(TimeProvider clock)
{
    private readonly object _gate = new();
    private readonly Signal _resting = new();
    private readonly List<Rester> _resters = [];
    private int _working;

    /// <summary>Somebody begins to work.</summary>
    public void Begin()
    {
        lock (_gate)
            _working++;
    }

    /// <summary>Somebody rests, or has ended.</summary>
    public void End() => Move(rests: null);

    /// <summary>Rests until there is a change, but not for longer than this; null for as long as it takes.</summary>
    public async Task RestAsync(Task changed, TimeSpan? limit, CancellationToken cancellationToken)
    {
        Rester me = new(changed, clock.GetUtcNow() + limit);
        Move(me);
        try
        {
            do
                await RestOnceAsync(me, cancellationToken).ConfigureAwait(false);
            while (me.IsAsleep(clock.GetUtcNow()));
        }
        finally
        {
            Wake(me);
        }
    }

    private Task RestOnceAsync(Rester me, CancellationToken cancellationToken)
    {
        Task resting = _resting.Next;
        TimeSpan? limit = me.Until - clock.GetUtcNow();
        return IsFirst(me)
            ? Signal.WaitAsync(me.Changed, limit, clock, cancellationToken)
            : Signal.WaitForWorkAsync(Task.WhenAny(me.Changed, resting), limit, clock, cancellationToken);
    }

    // Between rest and work, and back, nobody is in neither: who looked just then would believe to be alone, and jump.
    private void Move(Rester? rests)
    {
        bool allRest;
        lock (_gate)
        {
            if (rests is not null)
                _resters.Add(rests);
            allRest = --_working == 0;
        }

        if (allRest)
            _resting.Set();
    }

    private void Wake(Rester me)
    {
        lock (_gate)
        {
            _resters.Remove(me);
            _working++;
        }
    }

    // Nobody may jump over the one whose rest ends first, nor over one who works, or was woken and is only about to begin.
    private bool IsFirst(Rester me)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            return _working == 0
                && _resters.TrueForAll(rester => rester.IsAsleep(now))
                && _resters.MinBy(rester => rester.Until ?? DateTimeOffset.MaxValue) == me;
        }
    }

    private sealed class Rester(Task changed, DateTimeOffset? until)
    {
        public Task Changed { get; } = changed;

        public DateTimeOffset? Until { get; } = until;

        public bool IsAsleep(DateTimeOffset now) => !Changed.IsCompleted && !(Until <= now);
    }
}
