namespace BatchGateway.Emulator.Internal;

/// <summary>Scheduled timers in due order; its owner holds the lock.</summary>
internal sealed class TimerQueue
{
    private static readonly Comparer<EmulatorTimer> ByDueTime = Comparer<EmulatorTimer>.Create(Compare);

    private readonly SortedSet<EmulatorTimer> _all = new(ByDueTime);
    private readonly SortedSet<EmulatorTimer> _waits = new(ByDueTime);
    private long _sequence;

    public EmulatorTimer? Earliest => _all.Min;

    public EmulatorTimer? EarliestWait => _waits.Min;

    public void Add(EmulatorTimer timer, long dueTicks)
    {
        timer.DueTicks = dueTicks;
        timer.Sequence = ++_sequence;
        _all.Add(timer);
        if (timer.IsWait)
            _waits.Add(timer);
    }

    public void Remove(EmulatorTimer timer)
    {
        _all.Remove(timer);
        _waits.Remove(timer);
    }

    private static int Compare(EmulatorTimer? left, EmulatorTimer? right)
    {
        int byDue = left!.DueTicks.CompareTo(right!.DueTicks);
        return byDue != 0 ? byDue : left.Sequence.CompareTo(right.Sequence);
    }
}
