using BatchGateway.Emulator.Internal;

namespace BatchGateway.Emulator;

/// <summary>
/// The clock that the emulator lives by, and that the code under test should wait by: pass it wherever a <see cref="TimeProvider"/> is
/// taken. Safe for use by several threads.
/// </summary>
/// <remarks>
/// A timer that belongs to a <see cref="CancellationTokenSource"/> or to <c>Task.WaitAsync</c> is a limit, not a wait: it fires when the
/// clock passes its due time, but an auto-advancing clock never jumps for its sake.
/// </remarks>
public sealed class EmulatorClock : TimeProvider
{
    private static readonly DateTimeOffset DefaultStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly TimerQueue _timers = new();
    private readonly List<ClockHold> _holds = [];
    private readonly bool _isRealTime;
    private readonly bool _advancesItself;

    private long _nowTicks;
    private long _targetTicks;
    private bool _jumpIsQueued;
    private bool _lookIsQueued;

    private EmulatorClock(DateTimeOffset start, bool advancesItself, bool isRealTime)
    {
        _nowTicks = _targetTicks = start.UtcTicks;
        _advancesItself = advancesItself;
        _isRealTime = isRealTime;
    }

    /// <summary>
    /// A clock that jumps to the earliest due time as soon as something waits on it, so that no wait takes real time.
    /// </summary>
    /// <param name="start">The first instant; 2026-01-01T00:00:00Z when left out.</param>
    public static EmulatorClock AutoAdvancing(DateTimeOffset? start = null) => new(start ?? DefaultStart, advancesItself: true, isRealTime: false);

    /// <summary>A clock that stands still until <see cref="Advance"/> is called.</summary>
    /// <param name="start">The first instant; 2026-01-01T00:00:00Z when left out.</param>
    public static EmulatorClock Manual(DateTimeOffset? start = null) => new(start ?? DefaultStart, advancesItself: false, isRealTime: false);

    /// <summary>The system's clock, for an emulator that other processes talk to.</summary>
    public static EmulatorClock RealTime() => new(DefaultStart, advancesItself: false, isRealTime: true);

    /// <summary>UTC, so that no test depends on where it runs; the system's own zone for <see cref="RealTime"/>.</summary>
    public override TimeZoneInfo LocalTimeZone => _isRealTime ? System.LocalTimeZone : TimeZoneInfo.Utc;

    /// <summary>Ticks of 100 ns; the system's own frequency for <see cref="RealTime"/>.</summary>
    public override long TimestampFrequency => _isRealTime ? System.TimestampFrequency : TimeSpan.TicksPerSecond;

    /// <summary>The clock's present instant.</summary>
    public override DateTimeOffset GetUtcNow() => _isRealTime ? System.GetUtcNow() : new DateTimeOffset(NowTicks, TimeSpan.Zero);

    /// <summary>A count that grows with the clock, in units of <see cref="TimestampFrequency"/>.</summary>
    public override long GetTimestamp() => _isRealTime ? System.GetTimestamp() : NowTicks;

    /// <summary>Moves the clock forward and fires every timer that comes due on the way, in due order, each at its own due time.</summary>
    /// <param name="by">How far; zero fires what is due now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">This is the system's clock.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        if (_isRealTime)
            throw new InvalidOperationException("A real-time clock cannot be advanced. Use EmulatorClock.Manual() or EmulatorClock.AutoAdvancing().");

        long target;
        lock (_gate)
        {
            if (by > DateTimeOffset.MaxValue - new DateTimeOffset(Math.Max(_targetTicks, _nowTicks), TimeSpan.Zero))
                throw new ArgumentOutOfRangeException(nameof(by), by, "The clock would go beyond the year 9999.");
            // Advances that overlap add up: each starts where the one before it will end.
            _targetTicks = target = Math.Max(_targetTicks, _nowTicks) + by.Ticks;
        }

        FireUntil(target);
    }

    /// <summary>Creates a timer on this clock.</summary>
    /// <param name="callback">Called on the thread that advances the clock, outside its locks.</param>
    /// <param name="state">Passed to <paramref name="callback"/>.</param>
    /// <param name="dueTime">When it first fires; <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    /// <param name="period">The time between later firings; zero or <see cref="Timeout.InfiniteTimeSpan"/> for a single one.</param>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (_isRealTime)
            return System.CreateTimer(callback, state, dueTime, period);

        EmulatorTimer timer = new(this, callback, state);
        Schedule(timer, dueTime, period);
        return timer;
    }

    internal bool Schedule(EmulatorTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        EmulatorTimer.RequireInRange(dueTime);
        EmulatorTimer.RequireInRange(period);
        lock (_gate)
        {
            if (timer.IsDisposed)
                return false;

            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
                _timers.Add(timer, _nowTicks + dueTime.Ticks);
        }

        QueueJump();
        return true;
    }

    internal void Remove(EmulatorTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    /// <summary>Keeps the clock from jumping by itself until the hold is disposed.</summary>
    internal ClockHold Hold() => Hold(canLapse: false);

    /// <summary>The same, as long as the hold is renewed.</summary>
    internal ClockHold HoldWhileRenewed() => Hold(canLapse: true);

    internal void Release(ClockHold hold)
    {
        lock (_gate)
            _holds.Remove(hold);
        QueueJump();
    }

    private ClockHold Hold(bool canLapse)
    {
        ClockHold hold = new(this, canLapse);
        lock (_gate)
            _holds.Add(hold);
        return hold;
    }

    private long NowTicks
    {
        get
        {
            lock (_gate)
                return _nowTicks;
        }
    }

    private void FireUntil(long target)
    {
        // As on the thread pool, a timer's callback has no context of its caller: what waits on it may then go on within this very loop, and
        // its next wait is met by the same advance.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (TakeDue(target) is { } timer)
                timer.Fire();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private EmulatorTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            if (_timers.Earliest is not { } timer || timer.DueTicks > target)
            {
                _nowTicks = Math.Max(_nowTicks, target);
                return null;
            }

            _nowTicks = Math.Max(_nowTicks, timer.DueTicks);
            _timers.Remove(timer);
            if (timer.IsPeriodic)
                _timers.Add(timer, timer.DueTicks + timer.Period.Ticks);
            return timer;
        }
    }

    private void QueueJump()
    {
        lock (_gate)
        {
            if (_jumpIsQueued || NextJumpTicks() is null)
                return;
            _jumpIsQueued = true;
        }

        // One work item per jump, at the end of the pool's queue: what the last jump woke gets its turn first.
        ThreadPool.QueueUserWorkItem(static clock => clock.Jump(), this, preferLocal: false);
    }

    private void Jump()
    {
        long? target;
        lock (_gate)
        {
            _jumpIsQueued = false;
            target = NextJumpTicks();
        }

        if (target is { } ticks)
            FireUntil(ticks);
        QueueJump();
    }

    private long? NextJumpTicks()
    {
        if (_timers.Earliest is { } earliest && earliest.DueTicks <= _nowTicks)
            return _nowTicks;
        if (!_advancesItself || _timers.EarliestWait is not { } wait)
            return null;
        if (!_holds.Exists(hold => hold.IsValid))
            return wait.DueTicks;

        if (!_lookIsQueued)
            _ = LookAgainAsync();
        return null;
    }

    // A hold ends by a call, but lapses silently.
    private async Task LookAgainAsync()
    {
        _lookIsQueued = true;
        await Task.Delay(ClockHold.LapsesAfter).ConfigureAwait(false);
        lock (_gate)
            _lookIsQueued = false;
        QueueJump();
    }
}
