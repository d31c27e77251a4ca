using System.Net.Sockets;
using System.Text;

namespace BatchGateway.Tests.Wire;

/// <summary>What a <see cref="RawServer"/> does with one request, after it has read it.</summary>
internal sealed class RawAnswer
{
    private readonly Func<Socket, CancellationToken, Task> _send;

    private RawAnswer(Func<Socket, CancellationToken, Task> send) => _send = send;

    /// <summary>A whole answer, after which the connection is closed.</summary>
    public static RawAnswer Json(int status, string body, params string[] headers) => Text(status, body, "application/json", headers);

    public static RawAnswer Text(int status, string body, string? contentType, params string[] headers)
    {
        IEnumerable<string> type = contentType is null ? [] : [$"Content-Type: {contentType}"];
        IEnumerable<string> lines =
            [$"HTTP/1.1 {status} Said", .. headers, .. type, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", "Connection: close", "", body];
        return Bytes(string.Join("\r\n", lines));
    }

    /// <summary>Exactly these bytes, after which the connection is closed in an orderly way.</summary>
    public static RawAnswer Bytes(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static RawAnswer Bytes(ReadOnlyMemory<byte> bytes) => new(async (socket, stopping) =>
    {
        for (ReadOnlyMemory<byte> rest = bytes; rest.Length > 0;)
            rest = rest[await socket.SendAsync(rest, stopping)..];
        socket.Shutdown(SocketShutdown.Send);
    });

    /// <summary>The connection is reset instead of an answer.</summary>
    public static RawAnswer Reset { get; } = new((socket, _) =>
    {
        socket.LingerState = new LingerOption(true, 0);
        return Task.CompletedTask;
    });

    /// <summary>These bytes, then nothing more until the client goes away; <paramref name="reached"/> is told when the silence begins.</summary>
    public static RawAnswer Silence(string text = "", Action? reached = null) => new(async (socket, stopping) =>
    {
        if (text.Length > 0)
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), stopping);
        reached?.Invoke();
        await socket.ReceiveAsync(new byte[1], stopping);
    });

    public Task SendAsync(Socket socket, CancellationToken stopping) => _send(socket, stopping);
}
