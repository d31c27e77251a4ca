using System.Buffers.Binary;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>One vector for each input, the same for the same text; as many numbers as asked for, in the encoding asked for.</summary>
internal static class EmbeddingsAnswer
{
    private const int UsualDimensions = 8;
    private const int MostDimensions = 8192;

    public static string Write(JsonElement body, string model) => JsonText.Write(json =>
    {
        List<string> texts = Texts(body);
        int tokens = texts.Sum(TextOf.Tokens);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (int i = 0; i < texts.Count; i++)
            WriteEmbedding(json, Vector(texts[i], Dimensions(body)), i, asBase64: body.StringOrNull("encoding_format") == "base64");
        json.WriteEndArray();
        json.WriteString("model", model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteEmbedding(Utf8JsonWriter json, float[] vector, int index, bool asBase64)
    {
        json.WriteStartObject();
        json.WriteString("object", "embedding");
        json.WriteNumber("index", index);
        if (asBase64)
            json.WriteBase64String("embedding", LittleEndian(vector));
        else
            WriteNumbers(json, vector);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, float[] vector)
    {
        json.WriteStartArray("embedding");
        foreach (float number in vector)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static byte[] LittleEndian(float[] vector)
    {
        byte[] bytes = new byte[vector.Length * sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return bytes;
    }

    // 128ths of one: exact in either encoding.
    private static float[] Vector(string text, int dimensions)
    {
        float[] vector = new float[dimensions];
        ulong hash = StableHash.Of(text);
        for (int i = 0; i < dimensions; i++)
            vector[i] = ((byte)(hash >> (8 * (i % sizeof(ulong)))) - 128) / 128f;
        return vector;
    }

    private static int Dimensions(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("dimensions", out JsonElement asked) && asked.ValueKind == JsonValueKind.Number
            && asked.TryGetInt32(out int dimensions) && dimensions is >= 1 and <= MostDimensions
            ? dimensions
            : UsualDimensions;

    private static List<string> Texts(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("input", out JsonElement input))
            return [""];
        return EmbeddingInputs.AreMany(input) ? [.. input.EnumerateArray().Select(Text)] : [Text(input)];
    }

    private static string Text(JsonElement item) => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();
}
