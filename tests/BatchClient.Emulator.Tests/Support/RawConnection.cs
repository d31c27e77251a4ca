using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BatchGateway.Emulator.Tests.Support;

/// <summary>A connection on which a test writes every byte itself.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly TestGateway _gateway;
    private Stream _stream = Stream.Null;

    private RawConnection(TestGateway gateway) => _gateway = gateway;

    public static async Task<RawConnection> OpenAsync(TestGateway gateway)
    {
        RawConnection connection = new(gateway);
        await connection._client.ConnectAsync(IPAddress.Loopback, gateway.Emulator.Url.Port);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    public Task SendHeadAsync(string method, string path, params string[] headers) => SendAsync(
        $"{method} {_gateway.Emulator.ApiPath}{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_gateway.Emulator.ApiKey}\r\n"
        + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n");

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Says that nothing more will be sent, as a client does that goes away.</summary>
    public void HangUp() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>One answer with its body: the status.</summary>
    public async Task<int> ReadStatusAsync()
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)await ReadByteAsync());

        string text = head.ToString();
        int at = text.IndexOf("Content-Length: ", StringComparison.Ordinal) + "Content-Length: ".Length;
        int length = int.Parse(text[at..text.IndexOf('\r', at)], CultureInfo.InvariantCulture);
        for (int i = 0; i < length; i++)
            await ReadByteAsync();
        return int.Parse(text.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    /// <summary>Reads until the emulator has closed the connection, in whatever way.</summary>
    public async Task WaitForTheEndAsync()
    {
        try
        {
            while (await _stream.ReadAsync(new byte[1024]) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end as well.
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte> ReadByteAsync()
    {
        byte[] one = new byte[1];
        await _stream.ReadExactlyAsync(one);
        return one[0];
    }
}
