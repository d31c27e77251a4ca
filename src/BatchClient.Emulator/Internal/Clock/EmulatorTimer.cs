namespace BatchGateway.Emulator.Internal;

/// <summary>A timer on an <see cref="EmulatorClock"/>. Its due time and period belong to the clock's lock.</summary>
internal sealed class EmulatorTimer(EmulatorClock clock, TimerCallback callback, object? state) : ITimer
{
    private static readonly TimeSpan LongestDueTime = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public long DueTicks { get; set; }

    /// <summary>Orders timers with the same due time by when they were scheduled.</summary>
    public long Sequence { get; set; }

    public TimeSpan Period { get; set; }

    public bool IsDisposed { get; set; }

    public bool IsPeriodic => Period > TimeSpan.Zero;

    /// <summary>Whether somebody waits for this timer, rather than guards something else with it.</summary>
    public bool IsWait { get; } = !IsLimit(state);

    public static void RequireInRange(TimeSpan value)
    {
        if (value == Timeout.InfiniteTimeSpan)
            return;
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestDueTime);
    }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Schedule(this, dueTime, period);

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // Task.WaitAsync hands over a private type of the runtime; its name is the only mark that tells it from Task.Delay.
    private static bool IsLimit(object? state) =>
        state is CancellationTokenSource || state?.GetType().Name.StartsWith("CancellationPromise", StringComparison.Ordinal) is true;
}
