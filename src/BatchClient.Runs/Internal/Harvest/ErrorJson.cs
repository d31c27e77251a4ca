using System.Text.Json;

namespace BatchGateway.Runs.Internal;

/// <summary>An error as it stands in results: with the members that say something, and always a message.</summary>
internal static class ErrorJson
{
    public static void Write(Utf8JsonWriter json, BatchError error)
    {
        json.WriteStartObject();
        if (error.Code != default)
            json.WriteString("code", error.Code.ToString());
        json.WriteString("message", error.Message ?? error.Code.ToString());
        if (error.Param is not null)
            json.WriteString("param", error.Param);
        if (error.Type is not null)
            json.WriteString("type", error.Type);
        if (error.Line is { } line)
            json.WriteNumber("line", line);
        json.WriteEndObject();
    }
}
