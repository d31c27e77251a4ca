using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace BatchGateway.Internal.Lines;

/// <summary>Moves bytes between files, in memory that does not depend on their number.</summary>
internal static class FileShift
{
    private const int BufferSize = 128 << 10;

    /// <summary>Moves the last bytes of one file to the beginning of another one.</summary>
    public static async Task MoveAsync(FileStream from, FileStream to, long count, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await MakeRoomAsync(to.SafeFileHandle, count, buffer, cancellationToken).ConfigureAwait(false);
            long start = RandomAccess.GetLength(from.SafeFileHandle) - count;
            for (long done = 0; done < count; done += buffer.Length)
            {
                Memory<byte> part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, count - done));
                await CopyAsync(from.SafeFileHandle, start + done, to.SafeFileHandle, done, part, cancellationToken).ConfigureAwait(false);
            }

            RandomAccess.SetLength(from.SafeFileHandle, start);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Moves all of a file back, from its end on, so that nothing is written over before it was read.</summary>
    private static async Task MakeRoomAsync(SafeFileHandle file, long count, byte[] buffer, CancellationToken cancellationToken)
    {
        for (long end = RandomAccess.GetLength(file); end > 0;)
        {
            Memory<byte> part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, end));
            end -= part.Length;
            await CopyAsync(file, end, file, end + count, part, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CopyAsync(
        SafeFileHandle from, long source, SafeFileHandle to, long target, Memory<byte> part, CancellationToken cancellationToken)
    {
        for (int filled = 0; filled < part.Length;)
        {
            int read = await RandomAccess.ReadAsync(from, part[filled..], source + filled, cancellationToken).ConfigureAwait(false);
            filled += read > 0 ? read : throw new EndOfStreamException("A file of request lines was cut while it was being written.");
        }

        await RandomAccess.WriteAsync(to, part, target, cancellationToken).ConfigureAwait(false);
    }
}
