using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Json;

/// <summary>The <c>response_format</c> that asks a model for answers of one type, in the strict mode of structured output.</summary>
internal static class AnswerSchema
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, StrongBox<JsonElement>> Formats = [];

    /// <exception cref="ArgumentException">Strict mode cannot describe the type; the message says where, and what to do.</exception>
    public static JsonElement FormatOf<T>(JsonTypeInfo<T> answer) => Formats.GetValue(answer, type => new StrongBox<JsonElement>(Write(type))).Value;

    private static JsonElement Write(JsonTypeInfo type)
    {
        JsonObject schema = SchemaOf(type);
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "json_schema"u8);
            writer.WriteStartObject("json_schema"u8);
            writer.WriteString("name"u8, SchemaNames.Of(Nullable.GetUnderlyingType(type.Type) ?? type.Type));
            writer.WriteBoolean("strict"u8, true);
            writer.WritePropertyName("schema"u8);
            schema.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(json.WrittenSpan, LineJson.DocumentOptions);
    }

    private static JsonObject SchemaOf(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            throw SchemaRefusals.RootIsNoObject(type.Type);

        SchemaRules rules = new(type);
        JsonNode schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            // The root is always an answer, and what is not marked as nullable is always there.
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = rules.Apply,
        });
        return rules.Finish(schema);
    }
}
