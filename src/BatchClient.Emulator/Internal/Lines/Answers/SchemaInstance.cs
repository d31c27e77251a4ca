using System.Globalization;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>Writes a small JSON value that fits a schema of the kind that structured output takes.</summary>
internal sealed class SchemaInstance(JsonElement root, Utf8JsonWriter json)
{
    /// <summary>A schema may refer to itself; beyond this depth null is taken wherever it is allowed.</summary>
    private const int DeepestChoice = 4;

    private const int DeepestValue = 60;

    public static string Write(JsonElement schema) => JsonText.Write(json => new SchemaInstance(schema, json).WriteValue(schema, 0));

    private void WriteValue(JsonElement schema, int depth)
    {
        schema = Resolve(schema);
        if (schema.ValueKind != JsonValueKind.Object || depth > DeepestValue)
            json.WriteNullValue();
        else if (schema.TryGetProperty("const", out JsonElement constant))
            constant.WriteTo(json);
        else if (schema.TryGetProperty("enum", out JsonElement values) && values.GetArrayLength() > 0)
            values[0].WriteTo(json);
        else if (Alternatives(schema) is { } alternatives)
            WriteValue(Choose(alternatives, depth), depth + 1);
        else
            WriteTyped(schema, TypeOf(schema, depth), depth);
    }

    private void WriteTyped(JsonElement schema, string type, int depth)
    {
        switch (type)
        {
            case "object":
                WriteObject(schema, depth);
                break;
            case "array":
                WriteArray(schema, depth);
                break;
            case "string":
                json.WriteStringValue(TextFor(schema));
                break;
            case "integer" or "number":
                json.WriteNumberValue(NumberFor(schema));
                break;
            case "boolean":
                json.WriteBooleanValue(true);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private void WriteObject(JsonElement schema, int depth)
    {
        json.WriteStartObject();
        if (schema.ObjectOrNull("properties") is { } properties)
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                json.WritePropertyName(property.Name);
                WriteValue(property.Value, depth + 1);
            }
        }

        json.WriteEndObject();
    }

    private void WriteArray(JsonElement schema, int depth)
    {
        int least = IntOrNull(schema, "minItems") ?? 1;
        int count = depth > DeepestChoice ? IntOrNull(schema, "minItems") ?? 0 : Math.Min(least, IntOrNull(schema, "maxItems") ?? least);
        json.WriteStartArray();
        for (int i = 0; i < count && schema.TryGetProperty("items", out JsonElement items); i++)
            WriteValue(items, depth + 1);
        json.WriteEndArray();
    }

    private static string TextFor(JsonElement schema)
    {
        string text = schema.StringOrNull("format") switch
        {
            "date-time" => "2026-01-01T00:00:00Z",
            "date" => "2026-01-01",
            "time" => "00:00:00Z",
            "duration" => "PT1S",
            "email" => "someone@example.com",
            "uuid" => "00000000-0000-4000-8000-000000000000",
            "uri" => "https://example.com/",
            _ => "text",
        };
        text = text.PadRight(IntOrNull(schema, "minLength") ?? 0, 'x');
        return IntOrNull(schema, "maxLength") is { } longest && longest < text.Length ? text[..longest] : text;
    }

    private static decimal NumberFor(JsonElement schema)
    {
        decimal least = NumberOrNull(schema, "minimum") ?? NumberOrNull(schema, "exclusiveMinimum") + 1 ?? 1;
        decimal most = NumberOrNull(schema, "maximum") ?? NumberOrNull(schema, "exclusiveMaximum") - 1 ?? decimal.MaxValue;
        return Math.Min(Math.Ceiling(least), most);
    }

    private JsonElement Resolve(JsonElement schema)
    {
        for (int hops = 0; hops < 16 && schema.StringOrNull("$ref") is { } reference; hops++)
            schema = Follow(reference);
        return schema;
    }

    private JsonElement Follow(string reference)
    {
        JsonElement target = root;
        foreach (string escaped in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string segment = Uri.UnescapeDataString(escaped).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind == JsonValueKind.Object && target.TryGetProperty(segment, out JsonElement member))
                target = member;
            else if (target.ValueKind == JsonValueKind.Array && int.TryParse(segment, CultureInfo.InvariantCulture, out int index) && index < target.GetArrayLength())
                target = target[index];
            else
                return default;
        }

        return target;
    }

    private static JsonElement? Alternatives(JsonElement schema)
    {
        foreach (string keyword in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
        {
            if (schema.TryGetProperty(keyword, out JsonElement alternatives) && alternatives.GetArrayLength() > 0)
                return alternatives;
        }

        return null;
    }

    private JsonElement Choose(JsonElement alternatives, int depth)
    {
        bool wantsNull = depth > DeepestChoice;
        foreach (JsonElement alternative in alternatives.EnumerateArray())
        {
            if ((Resolve(alternative).StringOrNull("type") == "null") == wantsNull)
                return alternative;
        }

        return alternatives[0];
    }

    private static string TypeOf(JsonElement schema, int depth)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
            return schema.TryGetProperty("properties", out _) ? "object" : "null";
        if (type.ValueKind != JsonValueKind.Array)
            return type.GetString() ?? "null";

        List<string> names = [.. type.EnumerateArray().Select(name => name.GetString() ?? "null")];
        bool mayBeNull = names.Contains("null");
        return mayBeNull && depth > DeepestChoice ? "null" : names.Find(name => name != "null") ?? "null";
    }

    private static decimal? NumberOrNull(JsonElement schema, string member) =>
        schema.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) ? number : null;

    private static int? IntOrNull(JsonElement schema, string member) => (int?)NumberOrNull(schema, member);
}
