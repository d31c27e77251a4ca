namespace BatchGateway.Internal.Http;

/// <summary>Counts how often a call was tried, and notes whether its body ever began to be sent.</summary>
internal sealed class CallAttempts
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the gateway may have seen any of the body.</summary>
    public bool HasSent { get; set; }

    public void Add() => Interlocked.Increment(ref _count);
}
