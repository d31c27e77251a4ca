using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

internal static class ModerationAnswer
{
    private static readonly string[] Categories =
    [
        "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm", "self-harm/instructions",
        "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
    ];

    public static string Write(JsonElement input, string model) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", $"modr-{StableHash.Hex(model + TextOf.Content(input))}");
        json.WriteString("model", model);
        json.WriteStartArray("results");
        for (int i = 0; i < Results(input); i++)
            WriteResult(json);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteResult(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("flagged", false);
        json.WriteStartObject("categories");
        foreach (string category in Categories)
            json.WriteBoolean(category, false);
        json.WriteEndObject();
        json.WriteStartObject("category_scores");
        foreach (string category in Categories)
            json.WriteNumber(category, 0);
        json.WriteEndObject();
        json.WriteStartObject("category_applied_input_types");
        foreach (string category in Categories)
            WriteTextOnly(json, category);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTextOnly(Utf8JsonWriter json, string category)
    {
        json.WriteStartArray(category);
        json.WriteStringValue("text");
        json.WriteEndArray();
    }

    // An array of texts has a result for each; one of parts, as for images, is one input.
    private static int Results(JsonElement input)
    {
        bool areMany = input.ValueKind == JsonValueKind.Array && input.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);
        return areMany ? input.GetArrayLength() : 1;
    }
}
