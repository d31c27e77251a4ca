using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BatchGateway.Internal.Lines;

/// <summary>An answer as the caller's own type: its text read as JSON, or the body itself where there is no text.</summary>
internal static class TypedAnswer
{
    public static T Read<T>(BatchResultLine line, JsonTypeInfo<T> type)
    {
        if (line.ChatText is { } text)
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException("The answer is null.");
        if (AnswerText.RefusalOf(line.Body) is { } refusal)
            throw new JsonException($"The model declined: {refusal}");

        return line.ReadBody(type) ?? throw new JsonException("There is no answer.");
    }
}
