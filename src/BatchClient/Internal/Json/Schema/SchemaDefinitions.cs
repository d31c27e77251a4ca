using System.Globalization;
using System.Text.Json.Nodes;

namespace BatchGateway.Internal.Json;

/// <summary>
/// Moves what is referred to into <c>$defs</c>. System.Text.Json refers to wherever a type stood first; the API takes references only to
/// definitions at the top, and to the schema itself. A reference there has no other keyword beside it.
/// </summary>
internal static class SchemaDefinitions
{
    public static JsonObject Collect(JsonObject root, Dictionary<string, Type> types)
    {
        List<JsonObject> references = [.. Links(root)];
        Dictionary<string, JsonObject> targets = references.Select(PointerOf).Where(pointer => pointer != "#").Distinct()
            .ToDictionary(pointer => pointer, pointer => SchemaPointers.Follow(root, pointer));
        Dictionary<string, string> names = Names(targets.Keys, types);
        foreach (JsonObject reference in references)
            Rewrite(reference, PointerOf(reference) is var pointer && names.TryGetValue(pointer, out string? name) ? $"#/$defs/{name}" : pointer);

        JsonObject definitions = [];
        foreach ((string pointer, JsonObject target) in targets)
            definitions[names[pointer]] = Move(target, $"#/$defs/{names[pointer]}");
        if (definitions.Count > 0)
            root["$defs"] = definitions;
        return root;
    }

    /// <summary>Takes out the definitions that only members referred to which were taken out themselves.</summary>
    public static void RemoveUnused(JsonObject root)
    {
        if (root["$defs"] is not JsonObject definitions)
            return;

        JsonObject used = [];
        root.Remove("$defs");
        Keep(root, definitions, used);
        if (used.Count > 0)
            root["$defs"] = used;
    }

    private static void Keep(JsonObject schema, JsonObject definitions, JsonObject used)
    {
        foreach (string name in Links(schema).Select(reference => PointerOf(reference).Split('/')[^1]).ToList())
        {
            if (definitions[name] is not JsonObject definition)
                continue;

            definitions.Remove(name);
            used[name] = definition;
            Keep(definition, definitions, used);
        }
    }

    private static IEnumerable<JsonObject> Links(JsonObject schema) => All(schema).Where(inner => inner.ContainsKey("$ref"));

    private static string PointerOf(JsonObject reference) => reference["$ref"]!.GetValue<string>();

    private static IEnumerable<JsonObject> All(JsonObject schema) => SchemaPointers.InnerSchemas(schema).SelectMany(All).Prepend(schema);

    private static Dictionary<string, string> Names(IEnumerable<string> pointers, Dictionary<string, Type> types)
    {
        Dictionary<string, string> names = [];
        foreach (string pointer in pointers)
        {
            string name = SchemaNames.Of(types[pointer]);
            string free = name;
            for (int number = 2; names.ContainsValue(free); number++)
                free = string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
            names.Add(pointer, free);
        }

        return names;
    }

    /// <summary>What was noted about a member stays with the member: its description is no description of the type.</summary>
    private static JsonObject Move(JsonObject target, string pointer)
    {
        JsonObject reference = [];
        Replace(target, reference);
        foreach (string keyword in target.Select(member => member.Key).Where(keyword => keyword.StartsWith("x-", StringComparison.Ordinal)).ToList())
        {
            JsonNode? value = target[keyword];
            target.Remove(keyword);
            reference[keyword] = value;
        }

        reference["$ref"] = pointer;
        Rewrite(reference, pointer);
        return target;
    }

    private static void Replace(JsonObject target, JsonObject reference)
    {
        if (target.Parent is JsonArray items)
            items[target.GetElementIndex()] = reference;
        else
            target.Parent![target.GetPropertyName()] = reference;
    }

    private static void Rewrite(JsonObject reference, string pointer)
    {
        reference["$ref"] = pointer;
        if (!reference.ContainsKey(SchemaRules.MemberDescription))
            return;

        reference.Remove("$ref");
        reference["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = pointer });
    }
}
