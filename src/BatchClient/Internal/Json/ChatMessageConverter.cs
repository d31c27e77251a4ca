using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>Writes the text of a message as it is; through <see cref="ChatMessage.ContentJson"/> every prompt would be parsed first.</summary>
internal sealed class ChatMessageConverter : JsonConverter<ChatMessage>
{
    public override ChatMessage? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();

        string? role = null, refusal = null;
        JsonElement? content = null;
        Dictionary<string, JsonElement>? others = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.NameIs("role"u8))
                role = NextText(ref reader);
            else if (reader.NameIs("content"u8))
                content = NextElement(ref reader) is { ValueKind: not JsonValueKind.Null } element ? element : null;
            else if (reader.NameIs("refusal"u8))
                refusal = NextText(ref reader);
            else
                (others ??= [])[Name(ref reader)] = NextElement(ref reader);
        }

        return new ChatMessage { Role = role, ContentJson = content, Refusal = refusal, ExtensionData = others };
    }

    public override void Write(Utf8JsonWriter writer, ChatMessage value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, value.Role);
        WriteContent(writer, value);
        if (value.Refusal is { } refusal)
            writer.WriteString("refusal"u8, refusal);
        foreach ((string name, JsonElement element) in value.AdditionalProperties)
        {
            writer.WritePropertyName(name);
            element.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, ChatMessage message)
    {
        if (message.PlainContent is { } text)
        {
            writer.WriteString("content"u8, text);
        }
        else if (message.ContentJson is { } json)
        {
            writer.WritePropertyName("content"u8);
            json.WriteTo(writer);
        }
    }

    /// <summary>A name as System.Text.Json reads it elsewhere: invalid UTF-8 is replaced, half of an escaped surrogate pair is an error.</summary>
    private static string Name(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);

    private static string? NextText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return TolerantStringConverter.ReadText(ref reader);
    }

    private static JsonElement NextElement(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonElement.ParseValue(ref reader);
    }
}
