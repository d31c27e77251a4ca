using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BatchGateway.Tests.Wire;

/// <summary>
/// A server on a bare loopback socket, where bytes must be exact: records every request and answers from a script, one connection a request. When the
/// script is at its end, it goes on with <see cref="Otherwise"/>, or with what <see cref="Answering"/> makes of the request.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<RawAnswer> _script = new();
    private readonly List<RawRequest> _requests = [];
    private readonly Task _accepting;

    public RawServer(params RawAnswer[] script)
    {
        foreach (RawAnswer answer in script)
            _script.Enqueue(answer);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public RawAnswer Otherwise { get; init; } = RawAnswer.Json(599, "{}");

    public Func<RawRequest, RawAnswer>? Answering { get; init; }

    /// <summary>What the arrival of requests is measured by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Origin => $"http://127.0.0.1:{Port}";

    public IReadOnlyList<RawRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public RawRequest Single => Requests.Single();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (!_stopping.IsCancellationRequested)
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The end: the listener is closed.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                if (await ReadAsync(new Reader(socket, _stopping.Token)) is not { } request)
                    return;
                await Next(request).SendAsync(socket, _stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or EndOfStreamException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private RawAnswer Next(RawRequest request)
    {
        lock (_requests)
        {
            _requests.Add(request);
            return _script.TryDequeue(out RawAnswer? answer) ? answer : Answering?.Invoke(request) ?? Otherwise;
        }
    }

    private async Task<RawRequest?> ReadAsync(Reader reader)
    {
        if (await reader.LineAsync() is not { Length: > 0 } first)
            return null;

        List<KeyValuePair<string, string>> headers = [];
        while (await reader.LineAsync() is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        string[] words = first.Split(' ');
        (string raw, string body) = await BodyAsync(reader, name => headers.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value);
        return new RawRequest(words[0], words[1], headers, raw, body, Clock.GetUtcNow());
    }

    private static async Task<(string Raw, string Body)> BodyAsync(Reader reader, Func<string, string?> header)
    {
        if (header("Content-Length") is { } length)
        {
            string text = await reader.BytesAsync(int.Parse(length, CultureInfo.InvariantCulture));
            return (text, text);
        }

        if (header("Transfer-Encoding") is null)
            return ("", "");

        StringBuilder raw = new(), body = new();
        while (true)
        {
            string size = await reader.LineAsync() ?? throw new EndOfStreamException();
            string chunk = await reader.BytesAsync(int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            await reader.LineAsync();
            raw.Append(size).Append("\r\n").Append(chunk).Append("\r\n");
            body.Append(chunk);
            if (chunk.Length == 0)
                return (raw.ToString(), body.ToString());
        }
    }

    /// <summary>Reads bytes as Latin-1, so that a character is a byte.</summary>
    private sealed class Reader(Socket socket, CancellationToken stopping)
    {
        private readonly byte[] _buffer = new byte[64 << 10];
        private int _start;
        private int _end;

        public async Task<string?> LineAsync()
        {
            StringBuilder line = new();
            while (await ByteAsync() is { } next)
            {
                if (next == '\n')
                    return line.ToString().TrimEnd('\r');
                line.Append((char)next);
            }

            return null;
        }

        public async Task<string> BytesAsync(int count)
        {
            StringBuilder bytes = new(count);
            while (bytes.Length < count)
                bytes.Append((char)(await ByteAsync() ?? throw new EndOfStreamException()));
            return bytes.ToString();
        }

        private async ValueTask<byte?> ByteAsync()
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await socket.ReceiveAsync(_buffer, stopping);
            }

            return _start == _end ? null : _buffer[_start++];
        }
    }
}
