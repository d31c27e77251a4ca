namespace BatchGateway.Emulator.Internal;

/// <summary>The faults of one route that are still to come, each with how many requests it has left.</summary>
internal sealed class FaultList
{
    private readonly Queue<PendingFault> _pending = new();

    public void Add(Fault fault, int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        lock (_pending)
            _pending.Enqueue(new PendingFault(fault) { Remaining = times });
    }

    public Fault? Take()
    {
        lock (_pending)
        {
            if (!_pending.TryPeek(out PendingFault? next))
                return null;
            if (--next.Remaining == 0)
                _pending.Dequeue();
            return next.Fault;
        }
    }

    private sealed class PendingFault(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Remaining { get; set; }
    }
}
