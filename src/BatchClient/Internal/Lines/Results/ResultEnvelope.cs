using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>The outer members of a result line, as places in its bytes; read by the book here, and faster by <see cref="ResultScanner"/>.</summary>
internal struct ResultEnvelope
{
    public bool IsObject { get; set; }

    public JsonSlice CustomId { get; set; }

    public bool HasResponse { get; set; }

    public int? StatusCode { get; set; }

    /// <summary>There is a status, and it is no number: an answer of which nobody knows whether it succeeded.</summary>
    public bool HasOddStatus { get; set; }

    public JsonSlice RequestId { get; set; }

    public JsonSlice Body { get; set; }

    public JsonSlice Error { get; set; }

    /// <summary>Reads the whole line. Of members that are there twice the last one counts.</summary>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    public static ResultEnvelope Read(ReadOnlySpan<byte> line)
    {
        ResultEnvelope envelope = default;
        Utf8JsonReader reader = new(line, LineJson.ReaderOptions);
        reader.Read();
        envelope.IsObject = reader.TokenType == JsonTokenType.StartObject;
        if (envelope.IsObject)
            envelope.ReadMembers(ref reader);
        else
            reader.Skip();
        // Anything after the value is no JSON; the reader says so here.
        reader.Read();
        return envelope;
    }

    /// <summary>The custom id of a line that cannot be read to its end; none when it does not come before that.</summary>
    public static JsonSlice FindCustomId(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return default;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.NameIs("custom_id"u8))
                    return Next(ref reader);
                Next(ref reader);
            }
        }
        catch (JsonException)
        {
            // Here it breaks off.
        }

        return default;
    }

    private void ReadMembers(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.NameIs("custom_id"u8))
                CustomId = Next(ref reader);
            else if (reader.NameIs("response"u8))
                ReadResponse(ref reader);
            else if (reader.NameIs("error"u8))
                Error = Next(ref reader);
            else
                Next(ref reader);
        }
    }

    private void ReadResponse(ref Utf8JsonReader reader)
    {
        reader.Read();
        (StatusCode, HasOddStatus, RequestId, Body) = (null, false, default, default);
        HasResponse = reader.TokenType == JsonTokenType.StartObject;
        if (!HasResponse)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.NameIs("status_code"u8))
                ReadStatus(ref reader);
            else if (reader.NameIs("request_id"u8))
                RequestId = Next(ref reader);
            else if (reader.NameIs("body"u8))
                Body = ReadBody(ref reader);
            else
                Next(ref reader);
        }
    }

    private static JsonSlice Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonSlice.Of(ref reader);
    }

    /// <summary>A body is kept as JSON, so a string with its quotes.</summary>
    private static JsonSlice ReadBody(ref Utf8JsonReader reader)
    {
        JsonSlice body = Next(ref reader);
        return body.IsString ? new JsonSlice(body.Start - 1, body.Length + 2) : body;
    }

    private void ReadStatus(ref Utf8JsonReader reader)
    {
        reader.Read();
        bool isNull = reader.TokenType == JsonTokenType.Null;
        long? status = TolerantInt64Converter.ReadNumber(ref reader);
        StatusCode = status is >= int.MinValue and <= int.MaxValue ? (int)status : null;
        HasOddStatus = !isNull && StatusCode is null;
    }
}
