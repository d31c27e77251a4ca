using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;

namespace BatchGateway.Tests.Internal.Json.Schema;

public sealed partial class AnswerSchemaTests
{
    internal sealed record Flat(string Label, double Score);

    internal sealed record Order(Customer Customer, IReadOnlyList<OrderLine> Lines);

    internal sealed record Customer(string Name, [property: JsonPropertyName("vip")] bool IsVip);

    internal sealed record OrderLine
    {
        public required string Sku { get; init; }

        public int Count { get; set; }
    }

    internal sealed record Nullables(string? Text, int? Count, Flat? Inner, List<string>? List, Mood? Mood);

    internal sealed record Defaults(string Text = "x", int Count = 3);

    internal sealed record Enums(Mood Mood, Level Level);

    [JsonConverter(typeof(JsonStringEnumConverter<Mood>))]
    internal enum Mood
    {
        Good,
        Bad,
    }

    internal enum Level
    {
        Low,
        High,
    }

    internal sealed record Numbers(
        int Whole, long? Maybe, double Real, decimal Money, [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double OrNothing,
        [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double? OrNull, int[] Many);

    internal sealed record Formats(DateTimeOffset Time, DateOnly Day, Guid Id, Uri Link, byte[] Bytes, char Letter);

    [Description("What the review says.")]
    internal sealed record Described([property: Description("One word.")] string Label, [Description("From 0 to 1.")] double Score, [property: Description("Of the first half.")] Part Part, Part Plain);

    [Description("A part.")]
    internal sealed record Part(string Text);

    internal sealed record Tree(string Name, IReadOnlyList<Tree> Children);

    internal sealed record Chain(string Name, [property: Description("What follows.")] Chain? Next);

    internal sealed record Twice([property: JsonPropertyName("fi/rst~")] List<Flat> First, List<Flat> Second);

    internal sealed record Computed(List<string> Items)
    {
        public int Count => Items.Count;

        public IReadOnlyDictionary<string, int> Lengths => Items.ToDictionary(item => item, item => item.Length);

        public IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Parts => Items.Count == 0 ? [] : [new Dictionary<string, JsonElement>()];

        public IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Others => Items.Count == 0 ? [] : [new Dictionary<string, JsonElement>()];

        [JsonIgnore]
        public object? Ignored { get; set; }
    }

    internal sealed class ComputedFirst
    {
        [JsonPropertyOrder(-1)]
        public List<Tree>? Top => Items;

        public List<Tree>? Items { get; set; }
    }

    internal sealed record Page<T>(IReadOnlyList<T> Items);

    internal sealed record AnAnswerWithANameThatIsMuchLongerThanTheApiAllowsForTheNameOfASchema(string Text);

    internal sealed record Web(Node? First, Node Second, TimeSpan Pause);

    internal sealed record Node(string Name, Node? Next, Node[] Others, Chain? Chain);

    internal sealed record WithDictionary(WithCounts Inner);

    internal sealed record WithCounts(Dictionary<string, int> Counts);

    internal sealed record WithElement(List<Item> Items);

    internal sealed record Item(JsonElement Any);

    internal sealed record WithObject(object Any);

    internal sealed record WithShape(Shape Shape);

    [JsonDerivedType(typeof(Circle), "circle")]
    internal record Shape(int Size);

    internal sealed record Circle(int Size, int Radius) : Shape(Size);

    internal sealed record WithNothing(Nothing Nothing);

    internal sealed record Nothing;

    internal sealed record WithConverter([property: JsonConverter(typeof(OddConverter))] string Odd);

    internal sealed class OddConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    internal sealed record WithJsonObject(JsonObject? Any);

    internal sealed record WithJsonArray(JsonArray Any);

    internal sealed record WithGrid(int[,] Grid);

    internal sealed record WithNever(Never? Never);

    [JsonConverter(typeof(JsonStringEnumConverter<Never>))]
    internal enum Never
    {
    }

    internal sealed record WithInterface(IThing Thing);

    internal interface IThing
    {
        string Name { get; set; }
    }

    internal sealed record WithAbstract(List<Thing> Things);

    internal abstract class Thing
    {
        public string Name { get; set; } = "";
    }

    internal sealed class TwoWays
    {
        public TwoWays(string name) => Name = name;

        public TwoWays(string name, int count)
            : this(name) => Count = count;

        public string Name { get; set; }

        public int Count { get; set; }
    }

    internal readonly record struct Point(int X, int Y);

    internal sealed record Line(Point From, Point? To);

    internal sealed record Times(TimeOnly At, TimeOnly? Until);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Flat))]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Nullables))]
    [JsonSerializable(typeof(Defaults))]
    [JsonSerializable(typeof(Enums))]
    [JsonSerializable(typeof(Formats))]
    [JsonSerializable(typeof(Described))]
    [JsonSerializable(typeof(Tree))]
    [JsonSerializable(typeof(Chain))]
    [JsonSerializable(typeof(Twice))]
    [JsonSerializable(typeof(Computed))]
    [JsonSerializable(typeof(ComputedFirst))]
    [JsonSerializable(typeof(Page<Flat>))]
    [JsonSerializable(typeof(AnAnswerWithANameThatIsMuchLongerThanTheApiAllowsForTheNameOfASchema))]
    [JsonSerializable(typeof(Web))]
    [JsonSerializable(typeof(WithDictionary))]
    [JsonSerializable(typeof(WithElement))]
    [JsonSerializable(typeof(WithObject))]
    [JsonSerializable(typeof(WithShape))]
    [JsonSerializable(typeof(WithNothing))]
    [JsonSerializable(typeof(WithConverter))]
    [JsonSerializable(typeof(WithJsonObject))]
    [JsonSerializable(typeof(WithInterface))]
    [JsonSerializable(typeof(WithAbstract))]
    [JsonSerializable(typeof(Point?))]
    [JsonSerializable(typeof(Line))]
    [JsonSerializable(typeof(Times))]
    [JsonSerializable(typeof(List<Flat>))]
    [JsonSerializable(typeof(Dictionary<string, int>))]
    internal sealed partial class SchemaJson : JsonSerializerContext;

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Numbers))]
    internal sealed partial class WebSchemaJson : JsonSerializerContext;
}
