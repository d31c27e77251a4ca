using System.Text.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>The custom id of a request line that was checked before.</summary>
internal static class RequestId
{
    /// <summary>
    /// Where it stands; nowhere in a line that cannot be read. Of members that are there twice the last one counts, as it did when the line was
    /// checked.
    /// </summary>
    public static JsonSlice In(ReadOnlySpan<byte> line)
    {
        if (TryScan(line, out JsonSlice id))
            return id;

        try
        {
            return RequestFacts.Of(line).CustomId;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static bool TryScan(ReadOnlySpan<byte> line, out JsonSlice id)
    {
        JsonScanner scanner = new(line);
        int seen = 0;
        id = default;
        scanner.Enter('{');
        while (scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (scanner.Is(name, "custom_id"u8, ref seen, 1))
                id = ReadId(ref scanner, line);
            else
                scanner.SkipMember(name);
        }

        return scanner.IsAtEnd && id.IsThere;
    }

    private static JsonSlice ReadId(ref JsonScanner scanner, ReadOnlySpan<byte> line)
    {
        scanner.Peek();
        int start = scanner.Position + 1;
        scanner.SkipString();
        if (scanner.GaveUp)
            return default;

        int length = scanner.Position - 1 - start;
        return new JsonSlice(start, length, isString: true, line.Slice(start, length).Contains((byte)'\\'));
    }
}
