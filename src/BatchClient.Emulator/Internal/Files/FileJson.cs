using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

internal static class FileJson
{
    public static void Write(Utf8JsonWriter json, EmulatedFile file, string status)
    {
        json.WriteStartObject();
        json.WriteString("id", file.Id);
        json.WriteString("object", "file");
        json.WriteNumber("bytes", file.Bytes);
        json.WriteNumber("created_at", file.CreatedAt.ToUnixTimeSeconds());
        json.WriteUnixTime("expires_at", file.ExpiresAt);
        json.WriteString("filename", file.Filename);
        json.WriteString("purpose", file.Purpose);
        json.WriteString("status", status);
        json.WriteNull("status_details");
        json.WriteEndObject();
    }

    public static void WriteDeleted(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "file");
        json.WriteBoolean("deleted", true);
        json.WriteEndObject();
    }

    public static void WriteUnixTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
            json.WriteNumber(name, at.ToUnixTimeSeconds());
        else
            json.WriteNull(name);
    }
}
