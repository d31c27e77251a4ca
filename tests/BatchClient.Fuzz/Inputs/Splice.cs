namespace BatchGateway.Fuzz.Inputs;

/// <summary>Bytes with a piece of them replaced.</summary>
internal static class Splice
{
    public static byte[] Replace(ReadOnlySpan<byte> bytes, int start, int end, ReadOnlySpan<byte> by)
    {
        byte[] result = new byte[bytes.Length - (end - start) + by.Length];
        bytes[..start].CopyTo(result);
        by.CopyTo(result.AsSpan(start));
        bytes[end..].CopyTo(result.AsSpan(start + by.Length));
        return result;
    }

    public static byte[] Insert(ReadOnlySpan<byte> bytes, int at, ReadOnlySpan<byte> what) => Replace(bytes, at, at, what);

    public static byte[] Remove(ReadOnlySpan<byte> bytes, int start, int end) => Replace(bytes, start, end, []);
}
