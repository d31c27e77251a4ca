using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>
/// Reads counts from the documented object, with numbers as strings or null, from a bare number (the total), and from
/// Anthropic's members (<c>processing, succeeded, errored, canceled, expired</c>), which add up to the total.
/// </summary>
internal sealed class BatchRequestCountsConverter : JsonConverter<BatchRequestCounts>
{
    public override BatchRequestCounts? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return TolerantInt64Converter.ReadNumber(ref reader) is { } total ? new BatchRequestCounts { Total = total } : null;

        return FromObject(ref reader);
    }

    public override void Write(Utf8JsonWriter writer, BatchRequestCounts value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        Write(writer, "total"u8, value.Total);
        Write(writer, "completed"u8, value.Completed);
        Write(writer, "failed"u8, value.Failed);
        foreach ((string name, JsonElement element) in value.AdditionalProperties)
        {
            writer.WritePropertyName(name);
            element.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static BatchRequestCounts FromObject(ref Utf8JsonReader reader)
    {
        long? total = null, completed = null, failed = null;
        Dictionary<string, JsonElement>? others = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.NameIs("total"u8))
                total = NextNumber(ref reader);
            else if (reader.NameIs("completed"u8))
                completed = NextNumber(ref reader);
            else if (reader.NameIs("failed"u8))
                failed = NextNumber(ref reader);
            else
                AddOther(ref reader, ref others);
        }

        return new BatchRequestCounts
        {
            Total = total ?? Sum(others, "processing", "succeeded", "errored", "canceled", "expired"),
            Completed = completed ?? Sum(others, "succeeded"),
            Failed = failed ?? Sum(others, "errored"),
            ExtensionData = others,
        };
    }

    private static long? NextNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return TolerantInt64Converter.ReadNumber(ref reader);
    }

    private static void AddOther(ref Utf8JsonReader reader, ref Dictionary<string, JsonElement>? others)
    {
        string name = reader.ReadString();
        reader.Read();
        (others ??= [])[name] = JsonElement.ParseValue(ref reader);
    }

    private static long? Sum(Dictionary<string, JsonElement>? members, params ReadOnlySpan<string> names)
    {
        long? sum = null;
        foreach (string name in names)
        {
            if (members is not null && members.TryGetValue(name, out JsonElement element)
                && element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number))
                sum = Add(sum ?? 0, number);
        }

        return sum;
    }

    /// <summary>A sum that cannot be is as large as can be, and not a small or a negative one.</summary>
    private static long Add(long sum, long number) => (long)Int128.Clamp((Int128)sum + number, long.MinValue, long.MaxValue);

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
    }
}
