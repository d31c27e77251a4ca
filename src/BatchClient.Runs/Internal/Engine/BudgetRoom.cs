namespace BatchGateway.Runs.Internal;

/// <summary>
/// Remembers that the budget was full, so that shards which hold no place are not claimed in vain: until a place becomes free, or for a minute, for
/// another worker may have freed one. Workers and the watch tell it, the dispatcher asks.
/// </summary>
internal sealed class BudgetRoom(TimeProvider clock)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private DateTimeOffset? _fullUntil;
    private int _freed;

    /// <summary>Grows with every place that becomes free.</summary>
    public int Freed
    {
        get
        {
            lock (_gate)
                return _freed;
        }
    }

    /// <summary>Until when nothing new is to be tried; null when there may be room.</summary>
    public DateTimeOffset? FullUntil
    {
        get
        {
            lock (_gate)
                return _fullUntil > clock.GetUtcNow() ? _fullUntil : null;
        }
    }

    /// <summary>There was no room for a shard.</summary>
    /// <param name="freed">What <see cref="Freed"/> was before it asked: a place that became free since then is another answer.</param>
    public void Full(int freed)
    {
        lock (_gate)
        {
            if (freed == _freed)
                _fullUntil = clock.GetUtcNow() + LookEvery;
        }
    }

    /// <summary>A place became free.</summary>
    public void Free()
    {
        lock (_gate)
        {
            _freed++;
            _fullUntil = null;
        }
    }
}
