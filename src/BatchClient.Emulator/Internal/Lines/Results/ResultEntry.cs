using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>What stands in a result file for one line of the input: mostly one line, with what is odd around it.</summary>
internal static class ResultEntry
{
    public static byte[] Write(string id, string customId, EmulatedResponse response, JsonElement? body)
    {
        ReadOnlyMemory<byte> line = response.Fate == LineFate.Raw ? response.RawLine : ResultLine.Write(id, customId, response, body);
        byte[] further = response.Is(OddLine.NeverAskedFor) ? WriteUnasked(response, body) : [];
        ReadOnlySpan<byte> before = response.Is(OddLine.BlankLineBefore) ? "\n"u8 : [];
        ReadOnlySpan<byte> end = response.Is(OddLine.CarriageReturn) ? "\r\n"u8 : "\n"u8;
        return further.Length == 0 ? [.. before, .. line.Span, .. end] : [.. before, .. line.Span, .. end, .. further, .. end];
    }

    public static string NewId() => Guid.NewGuid().ToString("N");

    private static byte[] WriteUnasked(EmulatedResponse response, JsonElement? body)
    {
        string id = NewId();
        return ResultLine.Write(id, $"never-asked-for-{id}", response, body);
    }
}
