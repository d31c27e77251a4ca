using System.Collections.Concurrent;

namespace BatchGateway.Internal.Registration;

/// <summary>
/// The connections of a container's clients. The HTTP client factory never closes its handlers; the end of the container does it here.
/// </summary>
internal sealed class OwnedSockets : IDisposable
{
    private readonly ConcurrentBag<SocketsHttpHandler> _handlers = [];

    public SocketsHttpHandler Keep(SocketsHttpHandler handler)
    {
        _handlers.Add(handler);
        return handler;
    }

    public void Dispose()
    {
        foreach (SocketsHttpHandler handler in _handlers)
            handler.Dispose();
    }
}
