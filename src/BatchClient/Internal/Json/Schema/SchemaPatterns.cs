using System.Text.Json.Nodes;

namespace BatchGateway.Internal.Json;

/// <summary>Patterns for types that do not read every text their schema would allow.</summary>
internal static class SchemaPatterns
{
    private const string Base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

    /// <summary>One code unit and no more: most emoji take two, which a <see cref="char"/> does not hold.</summary>
    private const string Letter = "^[ -\uD7FF\uE000-\uFFFD]$";

    /// <summary>The format <c>time</c> has an offset, which <see cref="TimeOnly"/> refuses.</summary>
    private const string TimeOfDay = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$";

    public static void Apply(Type type, JsonObject node)
    {
        // A reference, and a type with a converter of its own, has no type here.
        if (!node.ContainsKey("type") || PatternOf(Nullable.GetUnderlyingType(type) ?? type) is not { } pattern)
            return;

        node.Remove("format");
        node["pattern"] = pattern;
    }

    private static string? PatternOf(Type type)
    {
        if (type == typeof(TimeOnly))
            return TimeOfDay;
        if (type == typeof(char))
            return Letter;

        return type == typeof(byte[]) || type == typeof(Memory<byte>) || type == typeof(ReadOnlyMemory<byte>) ? Base64 : null;
    }
}
