using System.Text;
using System.Text.Json.Nodes;

namespace BatchGateway.Internal.Json;

/// <summary>The places in a schema.</summary>
internal static class SchemaPointers
{
    /// <summary>The place as a JSON pointer, as <c>$ref</c> writes it.</summary>
    public static string Of(ReadOnlySpan<string> path)
    {
        StringBuilder pointer = new("#");
        foreach (string step in path)
            pointer.Append('/').Append(step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        return pointer.ToString();
    }

    /// <summary>The place as a reader of the type would write it, such as <c>orders[].price</c>.</summary>
    public static string MemberOf(ReadOnlySpan<string> path)
    {
        StringBuilder member = new();
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == "properties" && i + 1 < path.Length)
                member.Append(member.Length == 0 ? "" : ".").Append(path[++i]);
            else if (path[i] == "items")
                member.Append("[]");
        }

        return member.ToString();
    }

    /// <summary>The schema at a place, with the object or array that holds it.</summary>
    public static JsonObject Follow(JsonObject root, string pointer)
    {
        JsonNode? node = root;
        foreach (string step in pointer.Split('/').Skip(1))
        {
            string name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node is JsonArray items ? items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : node?[name];
        }

        return node as JsonObject ?? throw new InvalidOperationException($"The schema has nothing at '{pointer}'.");
    }

    /// <summary>The schemas that stand directly in another one.</summary>
    public static IEnumerable<JsonObject> InnerSchemas(JsonObject schema)
    {
        IEnumerable<JsonNode?> named = Members(schema["properties"]).Concat(Members(schema["$defs"]));
        IEnumerable<JsonNode?> listed = schema["anyOf"] as JsonArray ?? [];
        return named.Concat(listed).Append(schema["items"]).OfType<JsonObject>();
    }

    private static IEnumerable<JsonNode?> Members(JsonNode? schemas) => (schemas as JsonObject)?.Select(member => member.Value) ?? [];
}
