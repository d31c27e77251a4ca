using System.Text.Json;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

/// <summary>The outer members of a result line, read by the book with <see cref="Utf8JsonReader"/>; what the engine is checked against.</summary>
internal struct ReferenceEnvelope
{
    public bool IsObject { get; private set; }

    public string? CustomId { get; private set; }

    public bool HasResponse { get; private set; }

    public int? StatusCode { get; private set; }

    public bool HasOddStatus { get; private set; }

    public string? RequestId { get; private set; }

    public ReadOnlyMemory<byte> Body { get; private set; }

    public JsonElement? Error { get; private set; }

    public static ReferenceEnvelope Read(ReadOnlyMemory<byte> line)
    {
        ReferenceEnvelope envelope = default;
        Utf8JsonReader reader = new(line.Span, LineJson.ReaderOptions);
        reader.Read();
        envelope.IsObject = reader.TokenType == JsonTokenType.StartObject;
        if (envelope.IsObject)
            envelope.ReadMembers(ref reader, line);
        else
            reader.Skip();
        // Anything after the value is no JSON; the reader says so here.
        reader.Read();
        return envelope;
    }

    /// <summary>The custom id of a line that cannot be read to its end; null when it does not come before that.</summary>
    public static string? FindCustomId(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.NameIs("custom_id"u8))
                    return ReadId(ref reader);
                SkipValue(ref reader);
            }
        }
        catch (JsonException)
        {
            // Here it breaks off.
        }

        return null;
    }

    private void ReadMembers(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.NameIs("custom_id"u8))
                CustomId = ReadId(ref reader);
            else if (reader.NameIs("response"u8))
                ReadResponse(ref reader, line);
            else if (reader.NameIs("error"u8))
                Error = ReadElement(ref reader);
            else
                SkipValue(ref reader);
        }
    }

    private void ReadResponse(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line)
    {
        reader.Read();
        (StatusCode, HasOddStatus, RequestId, Body) = (null, false, null, default);
        HasResponse = reader.TokenType == JsonTokenType.StartObject;
        if (!HasResponse)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.NameIs("status_code"u8))
                (StatusCode, HasOddStatus) = ReadStatus(ref reader);
            else if (reader.NameIs("request_id"u8))
                RequestId = ReadId(ref reader);
            else if (reader.NameIs("body"u8))
                Body = ReadBytes(ref reader, line);
            else
                SkipValue(ref reader);
        }
    }

    private static string? ReadId(ref Utf8JsonReader reader)
    {
        reader.Read();
        return TolerantStringConverter.ReadText(ref reader);
    }

    private static (int?, bool) ReadStatus(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return (null, false);

        long? status = TolerantInt64Converter.ReadNumber(ref reader);
        return status is >= int.MinValue and <= int.MaxValue ? ((int)status, false) : (null, true);
    }

    private static JsonElement ReadElement(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonElement.ParseValue(ref reader);
    }

    private static ReadOnlyMemory<byte> ReadBytes(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return default;

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return line[start..(int)reader.BytesConsumed];
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
