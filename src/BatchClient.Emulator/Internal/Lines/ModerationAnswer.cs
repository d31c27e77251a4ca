using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

internal static class ModerationAnswer
{
    public static string Write(JsonElement input, string model) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", $"modr-{StableHash.Hex(model + TextOf.Content(input))}");
        json.WriteString("model", model);
        json.WriteStartArray("results");
        json.WriteStartObject();
        json.WriteBoolean("flagged", false);
        json.WriteStartObject("categories");
        json.WriteEndObject();
        json.WriteStartObject("category_scores");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
