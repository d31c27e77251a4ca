using System.Text.Json;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>The tokens that an answer says it took, and the model that it names.</summary>
internal struct BodyUsage
{
    private int? _inputTokens;
    private int? _promptTokens;
    private int? _outputTokens;
    private int? _completionTokens;

    /// <summary>Where the model stands in the body.</summary>
    public JsonSlice Model { get; private set; }

    public readonly int InputTokens => _inputTokens ?? _promptTokens ?? 0;

    public readonly int OutputTokens => _outputTokens ?? _completionTokens ?? 0;

    /// <summary>Reads a whole body.</summary>
    /// <returns>False when it is not one JSON value.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out BodyUsage usage)
    {
        usage = default;
        try
        {
            Utf8JsonReader reader = new(body, LineJson.ReaderOptions);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                usage.ReadBody(ref reader);
            else
                reader.Skip();
            // Anything after the value is no JSON; the reader says so here.
            reader.Read();
            return true;
        }
        catch (JsonException)
        {
            usage = default;
            return false;
        }
    }

    private void ReadBody(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isUsage = reader.NameIs("usage"u8);
            bool isModel = reader.NameIs("model"u8);
            reader.Read();
            if (isModel)
                Model = JsonSlice.Of(ref reader);
            else if (isUsage && reader.TokenType == JsonTokenType.StartObject)
                ReadUsage(ref reader);
            else
                reader.Skip();
        }
    }

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.NameIs("input_tokens"u8))
                _inputTokens = ReadCount(ref reader);
            else if (reader.NameIs("prompt_tokens"u8))
                _promptTokens = ReadCount(ref reader);
            else if (reader.NameIs("output_tokens"u8))
                _outputTokens = ReadCount(ref reader);
            else if (reader.NameIs("completion_tokens"u8))
                _completionTokens = ReadCount(ref reader);
            else
                reader.Skip();
        }
    }

    private static int? ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long count))
            return (int)Math.Clamp(count, 0, int.MaxValue);

        reader.Skip();
        return null;
    }
}
