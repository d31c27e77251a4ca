namespace BatchGateway.Emulator.Internal;

internal sealed class RequestLog
{
    private readonly List<LedgerRequest> _requests = [];
    private long _bytesServed;
    private long _bytesReceived;

    public long BytesServed => Interlocked.Read(ref _bytesServed);

    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>Writes down an arrival and gives it its number.</summary>
    public LedgerRequest Add(LedgerRequest request)
    {
        lock (_requests)
        {
            LedgerRequest numbered = request with { Sequence = _requests.Count + 1 };
            _requests.Add(numbered);
            return numbered;
        }
    }

    public void Answered(long sequence, int status) => Change(sequence, request => request with { Status = status });

    public void Hung(long sequence) => Change(sequence, request => request with { Hung = true });

    public void Served(int bytes) => Interlocked.Add(ref _bytesServed, bytes);

    public void Received(int bytes) => Interlocked.Add(ref _bytesReceived, bytes);

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

    private void Change(long sequence, Func<LedgerRequest, LedgerRequest> change)
    {
        lock (_requests)
        {
            int index = (int)sequence - 1;
            _requests[index] = change(_requests[index]);
        }
    }
}
