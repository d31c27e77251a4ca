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

    /// <summary>The first fault that picks the request, or none. It is used up by it.</summary>
    public Fault? Take(LedgerRequest request)
    {
        lock (_pending)
        {
            PendingFault? first = Count(request, out Exception? thrown);
            if (thrown is not null)
                return new BrokenPredicateFault(thrown);
            if (first is not null && --first.Remaining == 0)
                _pending.Remove(first);
            return first?.Fault;
        }
    }

    /// <summary>Counts a request that has met its fault elsewhere; nothing is used up.</summary>
    public void LetPass(LedgerRequest request)
    {
        lock (_pending)
            Count(request, out _);
    }

    // Every fault counts every request, also those that another one takes. A predicate may add faults, hence the copy.
    private PendingFault? Count(LedgerRequest request, out Exception? thrown)
    {
        PendingFault? first = null;
        thrown = null;
        foreach (PendingFault pending in _pending.ToArray())
        {
            try
            {
                if (pending.Picks(request))
                    first ??= pending;
            }
#pragma warning disable CA1031 // A predicate is a test's code: whatever it throws must reach whoever wrote it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                thrown ??= exception;
            }
        }

        return first;
    }
}
