using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>What a request line says, as places in its bytes: what the servers check.</summary>
internal struct RequestFacts
{
    public JsonSlice CustomId;
    public JsonSlice Method;
    public JsonSlice Url;
    public JsonSlice Body;
    public JsonSlice Model;
    public bool HasBody;
    public bool AsksForStream;

    /// <summary>
    /// How many texts are to be embedded; 1 for one that is no array, 0 when there is no input or it is for something else, as with the
    /// responses API.
    /// </summary>
    public int Inputs;

    /// <summary>The most tokens that the answer may have; 0 when the line does not limit it.</summary>
    public long MaxOutputTokens;

    /// <summary>Whether the answer may cost anything. That to texts to embed has no tokens that are paid for.</summary>
    public readonly bool HasOpenCost => MaxOutputTokens == 0 && !(Url.IsThere && Inputs > 0);

    /// <summary>Reads a whole line.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static RequestFacts Of(ReadOnlySpan<byte> line)
    {
        if (!Utf8Check.IsValid(line))
            throw new JsonException("It is no valid UTF-8.");

        RequestFacts facts = default;
        Utf8JsonReader reader = new(line, LineJson.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("It is no JSON object.");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.NameIs("custom_id"u8))
                facts.CustomId = Next(ref reader);
            else if (reader.NameIs("method"u8))
                facts.Method = Next(ref reader);
            else if (reader.NameIs("url"u8))
                facts.Url = Next(ref reader);
            else if (reader.NameIs("body"u8))
                facts.ReadBody(ref reader);
            else
                Next(ref reader);
        }

        // What a converter of the caller's has written may go on where the line should end; the reader says so here.
        while (reader.Read())
            reader.Skip();

        if (facts.Url.IsThere && !facts.Url.In(line).EndsWith("embeddings"u8))
            facts.Inputs = 0;
        return facts;
    }

    /// <summary>The custom id and the url of a line, as far as they can be read; the line is checked later.</summary>
    public static (string? CustomId, string? Url) NamesIn(ReadOnlySpan<byte> line)
    {
        try
        {
            RequestFacts facts = Of(line);
            return (facts.CustomId.TextIn(line), facts.Url.TextIn(line));
        }
        catch (JsonException)
        {
            return (ResultEnvelope.FindCustomId(line).TextIn(line), null);
        }
    }

    private void ReadBody(ref Utf8JsonReader reader)
    {
        reader.Read();
        (Model, AsksForStream, Inputs, MaxOutputTokens) = (default, false, 0, 0);
        HasBody = reader.TokenType == JsonTokenType.StartObject;
        int start = (int)reader.TokenStartIndex;
        if (HasBody)
            ReadBodyMembers(ref reader);
        else
            reader.Skip();
        Body = new JsonSlice(start, (int)reader.BytesConsumed - start);
    }

    private void ReadBodyMembers(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.NameIs("model"u8))
                Model = Next(ref reader);
            else if (reader.NameIs("stream"u8))
                AsksForStream = IsTrue(ref reader);
            else if (reader.NameIs("input"u8))
                Inputs = CountInputs(ref reader);
            else if (reader.NameIs("max_completion_tokens"u8) || reader.NameIs("max_tokens"u8) || reader.NameIs("max_output_tokens"u8))
                MaxOutputTokens = ReadCount(ref reader);
            else
                Next(ref reader);
        }
    }

    private static JsonSlice Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonSlice.Of(ref reader);
    }

    private static bool IsTrue(ref Utf8JsonReader reader)
    {
        reader.Read();
        bool isTrue = reader.TokenType == JsonTokenType.True;
        reader.Skip();
        return isTrue;
    }

    private static long ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        long count = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : 0;
        reader.Skip();
        return Math.Max(count, 0);
    }

    /// <summary>An array of texts, or of texts as tokens, has as many inputs as elements; an array of tokens is one.</summary>
    private static int CountInputs(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return 0;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return 1;
        }

        int count = 0;
        bool isTokens = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            isTokens |= reader.TokenType == JsonTokenType.Number;
            count++;
            reader.Skip();
        }

        return isTokens ? 1 : count;
    }
}
