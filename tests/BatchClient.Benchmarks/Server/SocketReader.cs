using System.Net.Sockets;
using System.Text;

namespace BatchGateway.Benchmarks.Server;

/// <summary>Reads lines from a socket, and passes over bodies in one buffer that is used again and again.</summary>
internal sealed class SocketReader(Socket socket)
{
    private readonly byte[] _buffer = new byte[256 << 10];
    private int _start;
    private int _end;

    /// <summary>The next line without its CRLF; null at the end of the connection.</summary>
    public string? ReadLine()
    {
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                string line = Encoding.Latin1.GetString(_buffer, _start, length);
                _start += length + 2;
                return line;
            }

            if (!Fill())
                return null;
        }
    }

    /// <summary>Reads so many bytes and forgets them.</summary>
    public void Skip(long count)
    {
        while (count > 0)
        {
            if (_start == _end && !Fill())
                throw new EndOfStreamException();

            int taken = (int)Math.Min(count, _end - _start);
            _start += taken;
            count -= taken;
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = socket.Receive(_buffer, _end, _buffer.Length - _end, SocketFlags.None);
        _end += read;
        return read > 0;
    }
}
