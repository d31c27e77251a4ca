namespace BatchGateway.Emulator.Internal;

internal sealed class RequestLog
{
    private readonly List<LedgerRequest> _requests = [];
    private long _bytesServed;

    public long BytesServed => Interlocked.Read(ref _bytesServed);

    /// <summary>Writes down an arrival; the answer is the sequence number that later finds it.</summary>
    public long Add(LedgerRequest request)
    {
        lock (_requests)
        {
            _requests.Add(request with { Sequence = _requests.Count + 1 });
            return _requests.Count;
        }
    }

    public void Answered(long sequence, int status)
    {
        lock (_requests)
        {
            int index = (int)sequence - 1;
            _requests[index] = _requests[index] with { Status = status };
        }
    }

    public void Served(int bytes) => Interlocked.Add(ref _bytesServed, bytes);

    public int Count(string route)
    {
        lock (_requests)
            return _requests.Count(request => request.Route == route);
    }

    public LedgerRequest[] Snapshot()
    {
        lock (_requests)
            return [.. _requests];
    }
}
