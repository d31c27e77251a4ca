using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BatchGateway.Internal.Json;

/// <summary>
/// Makes a schema of System.Text.Json one that strict mode takes: no open objects, every member required, no keyword that the API refuses.
/// </summary>
internal sealed class SchemaRules(JsonTypeInfo root)
{
    /// <summary>The description of a member, until it is known whether its schema stays where the member is.</summary>
    public const string MemberDescription = "x-description";

    /// <summary>Marks a member that reading JSON cannot fill. It goes last: other members may refer to its schema.</summary>
    private const string Unfillable = "x-unfillable";

    private static readonly string[] RefusedKeywords = ["default", "$comment", "minLength", "maxLength"];

    private static readonly string[] KnownFormats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    private readonly Dictionary<string, Type> _types = [];
    private readonly List<(string Pointer, string Member, string Why)> _refused = [];
    private readonly List<string> _unfillable = [];

    /// <summary>What becomes of the schema of one type, or of one member; called for inner ones first.</summary>
    public JsonNode Apply(JsonSchemaExporterContext context, JsonNode schema)
    {
        string pointer = SchemaPointers.Of(context.Path);
        _types[pointer] = context.TypeInfo.Type;
        if (RefusalOf(context.TypeInfo, schema) is { } why)
            _refused.Add((pointer, SchemaPointers.MemberOf(context.Path), why));
        // "true" stands for any value; it is refused above unless nobody fills the member.
        JsonObject node = schema as JsonObject ?? [];
        if (!CanBeFilled(context))
        {
            _unfillable.Add(pointer);
            node[Unfillable] = true;
        }

        Describe(context, node);
        SchemaPatterns.Apply(context.TypeInfo.Type, node);
        return Clean(node);
    }

    /// <summary>Puts the whole schema in order, when all of it is there.</summary>
    public JsonObject Finish(JsonNode schema)
    {
        // The outermost one has the reason that the others follow from.
        foreach ((_, string member, string why) in _refused.Where(refused => !IsTakenOut(refused.Pointer)).OrderBy(refused => refused.Pointer.Length))
            throw SchemaRefusals.Member(root.Type, member, why);

        JsonObject node = SchemaDefinitions.Collect((JsonObject)schema, _types);
        // The API takes only an object at the root, and an answer that is null is none.
        if (node["type"] is JsonArray)
            node["type"] = "object";
        Close(node);
        SchemaDefinitions.RemoveUnused(node);
        return node;
    }

    private bool IsTakenOut(string pointer) =>
        _unfillable.Exists(unfillable => pointer == unfillable || pointer.StartsWith(unfillable + "/", StringComparison.Ordinal));

    private static string? RefusalOf(JsonTypeInfo type, JsonNode schema)
    {
        if (type.PolymorphismOptions is not null)
            return SchemaRefusals.Polymorphic;
        if (type.Kind == JsonTypeInfoKind.Dictionary)
            return SchemaRefusals.Dictionary;
        if (schema is not JsonObject { Count: > 0 } node)
            return SchemaRefusals.Anything;
        if (node.ContainsKey("$ref"))
            return null;
        if (type.Kind == JsonTypeInfoKind.Object && node["properties"] is not JsonObject { Count: > 0 })
            return SchemaRefusals.Empty;
        if (node.ContainsKey("not"))
            return SchemaRefusals.Unreadable;
        if (node["enum"] is JsonArray values && values.All(value => value is null))
            return SchemaRefusals.NoValues;
        if (IsOpen(node, "object", "properties") || IsOpen(node, "array", "items"))
            return SchemaRefusals.Anything;

        return CanBeMade(type) ? null : SchemaRefusals.Unmakeable;
    }

    /// <summary>A <see cref="JsonObject"/> is any object, a <see cref="JsonArray"/> any array.</summary>
    private static bool IsOpen(JsonObject node, string type, string contents) => IsOfType(node, type) && !node.ContainsKey(contents);

    private static bool IsOfType(JsonObject node, string type) =>
        node["type"] is JsonArray types ? types.Any(one => one?.ToString() == type) : node["type"]?.ToString() == type;

    /// <summary>Without this the schema would be written, the answers paid for, and none of them read.</summary>
    private static bool CanBeMade(JsonTypeInfo type) =>
        type.Kind != JsonTypeInfoKind.Object || type.CreateObject is not null || Nullable.GetUnderlyingType(type.Type) is not null
        || type.Properties.Any(property => property.AssociatedParameter is not null);

    /// <summary>A member without a setter is computed: asking a model for it would be paid for and thrown away.</summary>
    private static bool CanBeFilled(JsonSchemaExporterContext context)
    {
        if (context.PropertyInfo is not { Set: null, AssociatedParameter: null } property)
            return true;

        JsonObjectCreationHandling handling = property.ObjectCreationHandling ?? property.Options.PreferredObjectCreationHandling;
        return handling == JsonObjectCreationHandling.Populate;
    }

    private static void Describe(JsonSchemaExporterContext context, JsonObject node)
    {
        // A reference stands for its type, which is described where it is defined.
        if (!node.ContainsKey("$ref") && DescriptionOf(context.TypeInfo.Type) is { } description)
            node.Insert(0, "description", description);
        if (DescriptionOf(context.PropertyInfo) is { } ofMember)
            node[MemberDescription] = ofMember;
    }

    /// <summary>On a positional record the attribute may stand at the property or at the parameter.</summary>
    private static string? DescriptionOf(JsonPropertyInfo? member) =>
        DescriptionOf(member?.AttributeProvider) ?? DescriptionOf(member?.AssociatedParameter?.AttributeProvider);

    private static string? DescriptionOf(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute attribute, ..]
            ? attribute.Description
            : null;

    private static JsonObject Clean(JsonObject node)
    {
        UnwrapNumber(node);
        TypeNumber(node);
        TypeEnum(node);
        foreach (string keyword in RefusedKeywords)
            node.Remove(keyword);
        if (node["format"] is { } format && !KnownFormats.Contains(format.GetValue<string>()))
            node.Remove("format");
        return node;
    }

    /// <summary>A number that may also be <c>NaN</c> comes as two alternatives, of which strict JSON has the first.</summary>
    private static void UnwrapNumber(JsonObject node)
    {
        if (node["anyOf"] is not JsonArray { Count: 2 } alternatives || alternatives[0] is not JsonObject number
            || alternatives[1]?["enum"] is not JsonArray names || names[0]?.ToString() != "NaN")
            return;

        node.Remove("anyOf");
        foreach ((string keyword, JsonNode? value) in number)
            node.Insert(0, keyword, value?.DeepClone());
    }

    /// <summary>A number that is also read from a string is asked for as a number.</summary>
    private static void TypeNumber(JsonObject node)
    {
        if (node["type"] is not JsonArray types || !types.Any(IsNumber))
            return;

        node.Remove("pattern");
        JsonNode?[] kept = [.. types.Where(type => type?.ToString() != "string").Select(type => type?.DeepClone())];
        node["type"] = kept.Length == 1 ? kept[0] : new JsonArray(kept);
    }

    private static bool IsNumber(JsonNode? type) => type?.ToString() is "integer" or "number";

    /// <summary>An enum comes without a type, which strict mode wants to see.</summary>
    private static void TypeEnum(JsonObject node)
    {
        if (node["enum"] is not JsonArray values || node.ContainsKey("type"))
            return;

        node.Insert(0, "type", values.Contains(null) ? new JsonArray("string", "null") : "string");
    }

    /// <summary>Closes every object, requires all its members, and takes out what was only noted on the way.</summary>
    private static void Close(JsonObject node)
    {
        if (node["properties"] is JsonObject members)
        {
            foreach ((string name, _) in members.Where(member => member.Value!.AsObject().ContainsKey(Unfillable)).ToList())
                members.Remove(name);
            node["required"] = new JsonArray([.. members.Select(member => (JsonNode)member.Key)]);
            node["additionalProperties"] = false;
        }

        if (node[MemberDescription] is { } description)
        {
            node.Remove(MemberDescription);
            node.Remove("description");
            node.Insert(0, "description", description);
        }

        foreach (JsonObject inner in SchemaPointers.InnerSchemas(node))
            Close(inner);
    }
}
