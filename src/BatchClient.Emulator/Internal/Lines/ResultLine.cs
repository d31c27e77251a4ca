using System.Buffers;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>One line for a result file, newline included.</summary>
internal static class ResultLine
{
    /// <summary>A line that was answered; a body that is no JSON becomes a JSON string.</summary>
    public static byte[] Answered(string id, string customId, int statusCode, JsonElement? body, string bodyText) => Write(id, customId, json =>
    {
        json.WriteStartObject("response");
        json.WriteNumber("status_code", statusCode);
        json.WriteString("request_id", $"req_{id}");
        json.WritePropertyName("body");
        if (body is { } parsed)
            parsed.WriteTo(json);
        else
            json.WriteStringValue(bodyText);
        json.WriteEndObject();
        json.WriteNull("error");
    });

    /// <summary>A line without an answer.</summary>
    public static byte[] Unanswered(string id, string customId, string code, string message) => Write(id, customId, json =>
    {
        json.WriteNull("response");
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private static byte[] Write(string id, string customId, Action<Utf8JsonWriter> writeOutcome)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, JsonText.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id", $"batch_req_{id}");
            json.WriteString("custom_id", customId);
            writeOutcome(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
