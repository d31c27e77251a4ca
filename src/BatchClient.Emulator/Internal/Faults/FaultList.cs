namespace BatchGateway.Emulator.Internal;

/// <summary>The faults of one route that are still to come, in the order in which they were added.</summary>
internal sealed class FaultList
{
    private readonly List<PendingFault> _pending = [];

    public void Add(PendingFault fault)
    {
        lock (_pending)
            _pending.Add(fault);
    }

    /// <summary>The first fault that picks the request, or none.</summary>
    public Fault? Take(LedgerRequest request)
    {
        lock (_pending)
        {
            // Every fault counts every request, also those that another one takes.
            PendingFault? first = null;
            foreach (PendingFault pending in _pending)
            {
                if (pending.Picks(request))
                    first ??= pending;
            }

            if (first is not null && --first.Remaining == 0)
                _pending.Remove(first);
            return first?.Fault;
        }
    }
}
