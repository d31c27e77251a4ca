using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace BatchGateway.Internal.Http;

/// <summary>
/// One file as multipart/form-data, in the form that every server understands: quoted names, an ASCII file name, a content type on the file
/// part and no quotes around the boundary. Leaves the caller's stream open.
/// </summary>
internal sealed class UploadContent : HttpContent
{
    private const int BufferSize = 256 << 10;

    private readonly Stream _file;
    private readonly long _start;
    private readonly byte[] _head;
    private readonly byte[] _tail;
    private bool _used;

    public UploadContent(Stream file, string fileName, FilePurpose purpose)
    {
        _file = file;
        FileName = fileName;
        _start = file.CanSeek ? file.Position : 0;
        string boundary = $"batchclient-{Guid.NewGuid():N}";
        _head = Encoding.ASCII.GetBytes(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n{purpose}\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{fileName}\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n");
        _tail = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", boundary) } };
    }

    /// <summary>The call that this content belongs to: told of every buffer that is on its way.</summary>
    public GatewayCall? Call { get; set; }

    public string FileName { get; }

    public bool CanRepeat => _file.CanSeek || !_used;

    /// <summary>Told how many bytes of the file have been written, buffer by buffer.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>The caller's own stream or progress failed: no fault of the connection, and no use in trying again.</summary>
    public Exception? CallerFailure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!CanRepeat)
            throw new InvalidOperationException("The stream cannot be read a second time.");

        _used = true;
        Call?.NoteSent();
        if (_file.CanSeek)
            _file.Position = _start;
        await stream.WriteAsync(_head, cancellationToken).ConfigureAwait(false);
        await CopyAsync(stream, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(_tail, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _file.CanSeek ? _head.Length + (_file.Length - _start) + _tail.Length : 0;
        return _file.CanSeek;
    }

    private async Task CopyAsync(Stream target, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long written = 0;
            while (await ReadFileAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                Call?.Limit?.Touch();
                Report(written += read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> ReadFileAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            CallerFailure = exception;
            throw;
        }
    }

    private void Report(long written)
    {
        try
        {
            Progress?.Report(written);
        }
        catch (Exception exception)
        {
            CallerFailure = exception;
            throw;
        }
    }
}
