namespace BatchGateway.Internal.Json;

/// <summary>Why a type cannot be asked for.</summary>
internal static class SchemaRefusals
{
    public const string Anything = "may hold any JSON, which strict mode cannot describe. Give it a type of its own, or a converter less";

    public const string Dictionary = "is a dictionary, and strict mode wants every name in the schema. Use a list of records with a name and a value";

    public const string Polymorphic =
        "has derived types, which strict mode cannot tell apart. Use one record with a member for each of them that may be null";

    public const string Empty = "is an object without a member that JSON could fill. Give it members, or leave it out with [JsonIgnore]";

    public const string Unreadable =
        "is of a type that System.Text.Json cannot read. Use one that it can, such as a list of lists for an array of two dimensions";

    public const string Unmakeable =
        "is of a type that System.Text.Json cannot make: it is abstract, an interface, or has no constructor to choose. Use a record";

    public const string NoValues = "is an enum without values. Give it some, or leave it out with [JsonIgnore]";

    public static ArgumentException RootIsNoObject(Type type) => new(
        $"The type '{SchemaNames.Of(type)}' cannot be asked for in strict structured output: it is not written as a JSON object. "
        + "Put it into a record, as its only member.");

    public static ArgumentException Member(Type type, string member, string why) => new(
        $"The type '{SchemaNames.Of(type)}' cannot be asked for in strict structured output: "
        + $"{(member.Length == 0 ? "it" : $"its member '{member}'")} {why}, "
        + $"or write the schema yourself into {nameof(ChatRequest)}.{nameof(ChatRequest.ResponseFormat)}.");
}
