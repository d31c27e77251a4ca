using System.Net.Sockets;
using System.Text;

namespace BatchGateway.Benchmarks.Server;

/// <summary>One kept-alive connection, on a thread of its own with blocking calls: the least work for the least code.</summary>
internal sealed class Connection(Socket socket, byte[] lines)
{
    private readonly SocketReader _reader = new(socket);

    public void Serve()
    {
        try
        {
            while (RequestHead.Read(_reader) is { } head)
                Answer(head, head.Drain(_reader));
        }
        catch (Exception exception) when (exception is SocketException or EndOfStreamException)
        {
            // The client has gone away.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private void Answer(RequestHead head, long received)
    {
        long length = LengthOf(Route.BytesOf(head.Path));
        if (Route.IsContent(head.Path))
            SendContent(length);
        else if (Route.IsBatch(head.Path))
            SendJson(Json.Batch(length));
        else
            SendJson(Json.File(head.Method == "POST" ? received : length));
    }

    /// <summary>Whole buffers only, so that the last line is whole.</summary>
    private long LengthOf(long bytes) => (bytes + lines.Length - 1) / lines.Length * lines.Length;

    private void SendContent(long length)
    {
        Send(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {length}\r\nETag: \"{length:x}\"\r\n\r\n"));
        for (long left = length; left > 0; left -= lines.Length)
            Send(lines);
    }

    private void SendJson(byte[] json)
    {
        byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n");
        Send([.. head, .. json]);
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[socket.Send(bytes)..];
    }
}
