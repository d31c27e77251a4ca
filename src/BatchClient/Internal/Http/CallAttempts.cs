namespace BatchGateway.Internal.Http;

/// <summary>Counts how often a call was put on the wire.</summary>
internal sealed class CallAttempts
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
