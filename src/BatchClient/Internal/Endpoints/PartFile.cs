using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace BatchGateway.Internal.Endpoints;

/// <summary>The part of a file that is on disk, from its first byte on.</summary>
internal sealed class PartFile
{
    // Two of them: one is filled from the wire while the other is written.
    private const int BufferSize = 256 << 10;

    private readonly SafeFileHandle _file;
    private readonly IProgress<long>? _progress;

    public PartFile(SafeFileHandle file, IProgress<long>? progress)
    {
        _file = file;
        _progress = progress;
    }

    /// <summary>How much there is. The length of the file on disk says nothing: room for the whole was made before the first byte.</summary>
    public long Length { get; private set; }

    /// <summary>Appends a body up to its end. What came before a failure is kept.</summary>
    public async Task AppendAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] filling = ArrayPool<byte>.Shared.Rent(BufferSize), full = ArrayPool<byte>.Shared.Rent(BufferSize);
        Task writing = Task.CompletedTask;
        try
        {
            while (await body.ReadAsync(filling, cancellationToken).ConfigureAwait(false) is > 0 and int read)
            {
                await writing.ConfigureAwait(false);
                (filling, full) = (full, filling);
                writing = WriteAsync(full.AsMemory(0, read));
            }
        }
        finally
        {
            // No buffer is given back while it is being written, and no byte is lost that came before the connection broke.
            await writing.ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(full);
        }
    }

    /// <summary>
    /// Reads a body that begins at the first byte again, up to where the file stands, and compares. At the first difference the body has its
    /// way: what was behind is dropped, for the bytes before are those of the body too.
    /// </summary>
    /// <returns>Whether nothing differed, and how far the body was read; less than the file has when the body ended first.</returns>
    public async Task<(bool IsSame, long End)> CompareAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] fresh = ArrayPool<byte>.Shared.Rent(BufferSize), kept = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long end = 0;
            while (end < Length)
            {
                int asked = (int)Math.Min(BufferSize, Length - end);
                int read = await body.ReadAsync(fresh.AsMemory(0, asked), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;

                await ReadAsync(kept.AsMemory(0, read), end, cancellationToken).ConfigureAwait(false);
                int same = fresh.AsSpan(0, read).CommonPrefixLength(kept.AsSpan(0, read));
                if (same < read)
                {
                    Length = end + same;
                    await WriteAsync(fresh.AsMemory(same, read - same)).ConfigureAwait(false);
                    return (false, Length);
                }

                end += read;
            }

            return (true, end);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(fresh);
            ArrayPool<byte>.Shared.Return(kept);
        }
    }

    /// <summary>Makes the file on disk exactly as long as what is complete.</summary>
    public void End(long length)
    {
        Length = length;
        if (RandomAccess.GetLength(_file) != length)
            RandomAccess.SetLength(_file, length);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        // Not cancelled: it takes no time, and a buffer that is half written could not be counted.
        await RandomAccess.WriteAsync(_file, bytes, Length, CancellationToken.None).ConfigureAwait(false);
        Length += bytes.Length;
        _progress?.Report(Length);
    }

    private async Task ReadAsync(Memory<byte> bytes, long offset, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            int read = await RandomAccess.ReadAsync(_file, bytes, offset, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new IOException("The file on disk has become shorter while it was being downloaded.");

            bytes = bytes[read..];
            offset += read;
        }
    }
}
