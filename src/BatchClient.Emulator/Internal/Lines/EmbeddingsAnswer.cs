using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

internal static class EmbeddingsAnswer
{
    private const int Dimensions = 8;

    public static string Write(JsonElement input, string model) => JsonText.Write(json =>
    {
        List<string> texts = Texts(input);
        int tokens = texts.Sum(TextOf.Tokens);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (int i = 0; i < texts.Count; i++)
            WriteEmbedding(json, texts[i], i);
        json.WriteEndArray();
        json.WriteString("model", model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteEmbedding(Utf8JsonWriter json, string text, int index)
    {
        json.WriteStartObject();
        json.WriteString("object", "embedding");
        json.WriteNumber("index", index);
        json.WriteStartArray("embedding");
        ulong hash = StableHash.Of(text);
        for (int i = 0; i < Dimensions; i++)
            json.WriteNumberValue(((byte)(hash >> (8 * i)) - 128) / 128m);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static List<string> Texts(JsonElement input) =>
        EmbeddingInputs.AreMany(input)
            ? [.. input.EnumerateArray().Select(Text)]
            : [input.ValueKind == JsonValueKind.Undefined ? "" : Text(input)];

    private static string Text(JsonElement item) => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();
}
