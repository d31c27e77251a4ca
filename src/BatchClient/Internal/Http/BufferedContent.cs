using System.Net;

namespace BatchGateway.Internal.Http;

/// <summary>A small answer, read within its attempt so that the attempt's limit and its retry cover the body too.</summary>
internal sealed class BufferedContent : HttpContent
{
    /// <summary>
    /// A page of a hundred batches has a few hundred kilobytes. An object that is made of the smallest tokens takes many times its size in memory.
    /// </summary>
    private const int LongestAnswer = 16 << 20;

    private const int LongestError = 64 << 10;
    private const int FirstBuffer = 4 << 10;

    /// <summary>A length is a promise, which may be false or a lie: more than this is only made room for when it comes.</summary>
    private const int MostRoom = 1 << 20;

    private readonly ReadOnlyMemory<byte> _body;

    private BufferedContent(ReadOnlyMemory<byte> body, string? contentType)
    {
        _body = body;
        if (contentType is not null)
            Headers.TryAddWithoutValidation("Content-Type", contentType);
    }

    public ReadOnlyMemory<byte> Body => _body;

    public BufferedContent Copy() => new(_body, Headers.ContentType?.ToString());

    /// <summary>Reads an answer. Of an error only the beginning is kept; a success of absurd length is no answer.</summary>
    public static async ValueTask<BufferedContent> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int limit = response.IsSuccessStatusCode ? LongestAnswer : LongestError;
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            ReadOnlyMemory<byte> body = await ReadAsync(stream, response.Content.Headers.ContentLength, limit, cancellationToken)
                .ConfigureAwait(false);
            if (body.Length > limit && response.IsSuccessStatusCode)
                throw new BatchResponseException(
                    $"The gateway's answer is longer than {LongestAnswer >> 20} MiB and was not read on: that is no batch, file or list. "
                    + "Check ControlPlaneUrl and ApiPath.")
                {
                    StatusCode = response.StatusCode,
                };

            return new BufferedContent(body[..Math.Min(body.Length, limit)], response.Content.Headers.ContentType?.ToString());
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_body).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    /// <summary>Reads up to one byte more than the limit, so that the caller sees that there is more.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Stream stream, long? length, int limit, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[length is { } known ? (int)Math.Min(known, Math.Min(limit, MostRoom)) + 1 : FirstBuffer];
        int filled = 0;
        while (filled <= limit)
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, limit + 1));
            int read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            filled += read;
        }

        return buffer.AsMemory(0, filled);
    }
}
