using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using BatchGateway.Internal.Json;

namespace BatchGateway.Tests.Internal.Json.Schema;

public sealed partial class AnswerSchemaTests
{
    [Test]
    public void FormatOf_Type_IsStrictAndNamed()
    {
        JsonElement format = AnswerSchema.FormatOf(SchemaJson.Default.Flat);

        AssertSame(format, """
            {"type":"json_schema","json_schema":{"name":"Flat","strict":true,"schema":
             {"type":"object","properties":{"label":{"type":"string"},"score":{"type":"number"}},"required":["label","score"],"additionalProperties":false}}}
            """);
    }

    [Test]
    public void FormatOf_NestedTypes_AreClosedEverywhere() => AssertSchema(SchemaJson.Default.Order, """
        {"type":"object","properties":{
          "customer":{"type":"object","properties":{"name":{"type":"string"},"vip":{"type":"boolean"}},"required":["name","vip"],"additionalProperties":false},
          "lines":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"},"count":{"type":"integer"}},
            "required":["sku","count"],"additionalProperties":false}}},
         "required":["customer","lines"],"additionalProperties":false}
        """);

    [Test]
    public void FormatOf_NullableMembers_AreRequiredAndMayBeNull() => AssertSchema(SchemaJson.Default.Nullables, """
        {"type":"object","properties":{
          "text":{"type":["string","null"]},"count":{"type":["integer","null"]},
          "inner":{"type":["object","null"],"properties":{"label":{"type":"string"},"score":{"type":"number"}},"required":["label","score"],"additionalProperties":false},
          "list":{"type":["array","null"],"items":{"type":"string"}},"mood":{"type":["string","null"],"enum":["Good","Bad",null]}},
         "required":["text","count","inner","list","mood"],"additionalProperties":false}
        """);

    [Test]
    public void FormatOf_OptionalMembers_AreRequiredWithoutADefault() => AssertSchema(SchemaJson.Default.Defaults, """
        {"type":"object","properties":{"text":{"type":"string"},"count":{"type":"integer"}},"required":["text","count"],"additionalProperties":false}
        """);

    [Test]
    public void FormatOf_Enums_AreWhatTheirConverterWrites() => AssertSchema(SchemaJson.Default.Enums, """
        {"type":"object","properties":{"mood":{"type":"string","enum":["Good","Bad"]},"level":{"type":"integer"}},"required":["mood","level"],"additionalProperties":false}
        """);

    [Test]
    public void FormatOf_NumbersReadFromStrings_AreAskedForAsNumbers() => AssertSchema(WebSchemaJson.Default.Numbers, """
        {"type":"object","properties":{"whole":{"type":"integer"},"maybe":{"type":["integer","null"]},"real":{"type":"number"},"money":{"type":"number"},
          "orNothing":{"type":"number"},"orNull":{"type":["number","null"]},"many":{"type":"array","items":{"type":"integer"}}},
         "required":["whole","maybe","real","money","orNothing","orNull","many"],"additionalProperties":false}
        """);

    [Test]
    public void FormatOf_TextsOfAKind_KeepTheFormatsThatTheApiKnows() => AssertSchema(SchemaJson.Default.Formats, """
        {"type":"object","properties":{"time":{"type":"string","format":"date-time"},"day":{"type":"string","format":"date"},"id":{"type":"string","format":"uuid"},
          "link":{"type":"string"},"bytes":{"type":"string","pattern":"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$"},"letter":{"type":"string","pattern":"^[ -\uD7FF\uE000-\uFFFD]$"}},
         "required":["time","day","id","link","bytes","letter"],"additionalProperties":false}
        """);

    /// <summary>A time of the schema's has an offset, which <see cref="TimeOnly"/> does not read.</summary>
    [Test]
    public void FormatOf_TimesOfDay_AreWhatTheirTypeReads() => AssertSchema(SchemaJson.Default.Times, """
        {"type":"object","properties":{"at":{"type":"string","pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"},
          "until":{"type":["string","null"],"pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"}},
         "required":["at","until"],"additionalProperties":false}
        """);

    [TestCase("bytes", "", true)]
    [TestCase("bytes", "aGkh", true)]
    [TestCase("bytes", "aGk=", true)]
    [TestCase("bytes", "aA==", true)]
    [TestCase("bytes", "aGk", false)]
    [TestCase("bytes", "no base64!", false)]
    [TestCase("letter", "é", true)]
    [TestCase("letter", "", false)]
    [TestCase("letter", "ab", false)]
    [TestCase("letter", "😀", false)]
    [TestCase("at", "23:59:59", true)]
    [TestCase("at", "24:00:00", false)]
    [TestCase("at", "10:00:00Z", false)]
    public void FormatOf_TextWithAPattern_AllowsWhatCanBeRead(string member, string text, bool isRead)
    {
        JsonElement schema = member == "at" ? SchemaOf(SchemaJson.Default.Times) : SchemaOf(SchemaJson.Default.Formats);
        string pattern = schema.GetProperty("properties").GetProperty(member).GetProperty("pattern").GetString()!;
        JsonTypeInfo type = SchemaJson.Default.GetTypeInfo(member switch { "bytes" => typeof(byte[]), "letter" => typeof(char), _ => typeof(TimeOnly) })!;
        string json = JsonSerializer.Serialize(text, SchemaJson.Default.String);

        Assert.That(Regex.IsMatch(text, pattern), Is.EqualTo(isRead));
        Assert.That(() => JsonSerializer.Deserialize(json, type), isRead ? Is.Not.Null : Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void FormatOf_RootThatMayBeNull_IsAskedForAlways() => AssertSame(AnswerSchema.FormatOf(SchemaJson.Default.NullablePoint), """
        {"type":"json_schema","json_schema":{"name":"Point","strict":true,"schema":
         {"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}},"required":["x","y"],"additionalProperties":false}}}
        """);

    [Test]
    public void FormatOf_Structs_AreMadeLikeRecords() => AssertSchema(SchemaJson.Default.Line, """
        {"type":"object","properties":{
          "from":{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}},"required":["x","y"],"additionalProperties":false},
          "to":{"type":["object","null"],"properties":{"x":{"type":"integer"},"y":{"type":"integer"}},"required":["x","y"],"additionalProperties":false}},
         "required":["from","to"],"additionalProperties":false}
        """);

    [Test]
    public void FormatOf_Descriptions_StandWhereTheModelReadsThem() => AssertSchema(SchemaJson.Default.Described, """
        {"description":"What the review says.","type":"object","properties":{
          "label":{"description":"One word.","type":"string"},
          "score":{"description":"From 0 to 1.","type":"number"},
          "part":{"description":"Of the first half.","type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false},
          "plain":{"description":"A part.","type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}},
         "required":["label","score","part","plain"],"additionalProperties":false}
        """);

    /// <summary>The API takes references to the schema itself and to definitions at its top, and nothing beside a reference.</summary>
    [Test]
    public void FormatOf_RecursiveType_RefersToItself() => AssertSchema(SchemaJson.Default.Tree, """
        {"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}}},
         "required":["name","children"],"additionalProperties":false}
        """);

    [Test]
    public void FormatOf_RecursionThatMayEnd_IsADefinition() => AssertSchema(SchemaJson.Default.Chain, """
        {"type":"object","properties":{"name":{"type":"string"},"next":{"anyOf":[{"$ref":"#/$defs/Chain"}],"description":"What follows."}},
         "required":["name","next"],"additionalProperties":false,
         "$defs":{"Chain":{"type":["object","null"],"properties":{"name":{"type":"string"},"next":{"anyOf":[{"$ref":"#/$defs/Chain"}],"description":"What follows."}},
          "required":["name","next"],"additionalProperties":false}}}
        """);

    [Test]
    public void FormatOf_TypeThatStandsTwice_IsDefinedOnce() => AssertSchema(SchemaJson.Default.Twice, """
        {"type":"object","properties":{"fi/rst~":{"type":"array","items":{"$ref":"#/$defs/Flat"}},"second":{"type":"array","items":{"$ref":"#/$defs/Flat"}}},
         "required":["fi/rst~","second"],"additionalProperties":false,
         "$defs":{"Flat":{"type":"object","properties":{"label":{"type":"string"},"score":{"type":"number"}},"required":["label","score"],"additionalProperties":false}}}
        """);

    [Test]
    public void FormatOf_ComputedAndIgnoredMembers_AreNotAskedFor() => AssertSchema(SchemaJson.Default.Computed, """
        {"type":"object","properties":{"items":{"type":"array","items":{"type":"string"}}},"required":["items"],"additionalProperties":false}
        """);

    [Test]
    public void FormatOf_ComputedMemberOfAUsedType_LeavesTheType()
    {
        JsonElement schema = SchemaOf(SchemaJson.Default.ComputedFirst);

        Assert.That(schema.GetProperty("properties").EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "items" }));
        AssertReferencesLead(schema);
    }

    [TestCaseSource(nameof(Types))]
    public void FormatOf_AnyType_HasOnlyReferencesThatLeadSomewhere(JsonTypeInfo type) => AssertReferencesLead(Format(type).GetProperty("json_schema").GetProperty("schema"));

    [TestCaseSource(nameof(Types))]
    public void FormatOf_AnyType_IsClosedAndHasNoKeywordThatIsRefused(JsonTypeInfo type) => AssertStrict(Format(type).GetProperty("json_schema").GetProperty("schema"));

    [Test]
    public void FormatOf_GenericType_HasANameThatFits() => Assert.That(
        AnswerSchema.FormatOf(SchemaJson.Default.PageFlat).GetProperty("json_schema").GetProperty("name").GetString(), Is.EqualTo("PageOfFlat"));

    [Test]
    public void FormatOf_LongName_IsCut() => Assert.That(
        AnswerSchema.FormatOf(SchemaJson.Default.AnAnswerWithANameThatIsMuchLongerThanTheApiAllowsForTheNameOfASchema).GetProperty("json_schema").GetProperty("name").GetString(),
        Has.Length.EqualTo(64));

    [Test]
    public void FormatOf_SameTypeAgain_IsTheSameElement()
    {
        JsonElement first = AnswerSchema.FormatOf(SchemaJson.Default.Order);
        JsonElement second = AnswerSchema.FormatOf(SchemaJson.Default.Order);

        Assert.That(second, Is.EqualTo(first), "every line of a batch would make it anew");
    }

    [TestCaseSource(nameof(Refused))]
    public void FormatOf_TypeThatStrictModeCannotDescribe_SaysWhichMemberAndWhatToDo(JsonTypeInfo type, string name, string member, string advice) => Assert.That(
        () => Format(type), Throws.ArgumentException.With.Message.Contains($"'{name}'").And.Message.Contains(member).And.Message.Contains(advice));

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case(SchemaJson.Default.WithDictionary, "WithDictionary", "'inner.counts' is a dictionary", "list of records");
        yield return Case(SchemaJson.Default.WithElement, "WithElement", "'items[].any' may hold any JSON", "ResponseFormat");
        yield return Case(SchemaJson.Default.WithObject, "WithObject", "'any' may hold any JSON", "ResponseFormat");
        yield return Case(SchemaJson.Default.WithShape, "WithShape", "'shape' has derived types", "one record");
        yield return Case(SchemaJson.Default.Shape, "Shape", "it has derived types", "one record");
        yield return Case(SchemaJson.Default.WithNothing, "WithNothing", "'nothing' is an object without a member", "[JsonIgnore]");
        yield return Case(SchemaJson.Default.WithConverter, "WithConverter", "'odd' may hold any JSON", "converter");
        yield return Case(SchemaJson.Default.WithJsonObject, "WithJsonObject", "'any' may hold any JSON", "ResponseFormat");
        yield return Case(ByReflection<WithJsonArray>(), "WithJsonArray", "'any' may hold any JSON", "ResponseFormat");
        yield return Case(ByReflection<WithGrid>(), "WithGrid", "'grid' is of a type that System.Text.Json cannot read", "list of lists");
        yield return Case(ByReflection<WithNever>(), "WithNever", "'never' is an enum without values", "[JsonIgnore]");
        yield return Case(SchemaJson.Default.WithInterface, "WithInterface", "'thing' is of a type that System.Text.Json cannot make", "record");
        yield return Case(SchemaJson.Default.WithAbstract, "WithAbstract", "'things[]' is of a type that System.Text.Json cannot make", "record");
        yield return Case(ByReflection<Thing>(), "Thing", "it is of a type that System.Text.Json cannot make", "record");
        yield return Case(ByReflection<TwoWays>(), "TwoWays", "it is of a type that System.Text.Json cannot make", "record");
        yield return Case(SchemaJson.Default.ListFlat, "ListOfFlat", "not written as a JSON object", "record");
        yield return Case(SchemaJson.Default.String, "String", "not written as a JSON object", "record");
        yield return Case(SchemaJson.Default.DictionaryStringInt32, "DictionaryOfStringAndInt32", "not written as a JSON object", "record");
    }

    /// <summary>Types that the source generator leaves out or warns of.</summary>
    private static JsonTypeInfo ByReflection<T>() => new JsonSerializerOptions
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    }.GetTypeInfo(typeof(T));

    private static TestCaseData Case(JsonTypeInfo type, string name, string member, string advice) => new TestCaseData(type, name, member, advice).SetArgDisplayNames(name);

    private static IEnumerable<TestCaseData> Types() => new JsonTypeInfo[]
    {
        SchemaJson.Default.Flat, SchemaJson.Default.Order, SchemaJson.Default.Nullables, SchemaJson.Default.Defaults, SchemaJson.Default.Enums, WebSchemaJson.Default.Numbers,
        SchemaJson.Default.Formats, SchemaJson.Default.Described, SchemaJson.Default.Tree, SchemaJson.Default.Chain, SchemaJson.Default.Twice, SchemaJson.Default.Computed,
        SchemaJson.Default.ComputedFirst, SchemaJson.Default.PageFlat, SchemaJson.Default.Web, SchemaJson.Default.Times, SchemaJson.Default.Line,
    }.Select(type => new TestCaseData(type).SetArgDisplayNames(type.Type.Name));

    private static void AssertSchema<T>(JsonTypeInfo<T> type, string expected) => AssertSame(SchemaOf(type), expected);

    private static JsonElement SchemaOf<T>(JsonTypeInfo<T> type) => AnswerSchema.FormatOf(type).GetProperty("json_schema").GetProperty("schema");

    private static JsonElement Format(JsonTypeInfo type) => type switch
    {
        JsonTypeInfo<string> text => AnswerSchema.FormatOf(text),
        _ => (JsonElement)typeof(AnswerSchema).GetMethod(nameof(AnswerSchema.FormatOf))!.MakeGenericMethod(type.Type)
            .Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [type], null)!,
    };

    private static void AssertSame(JsonElement json, string expected)
    {
        using JsonDocument document = JsonDocument.Parse(expected);
        Assert.That(JsonElement.DeepEquals(json, document.RootElement), Is.True, json.GetRawText());
    }

    private static void AssertReferencesLead(JsonElement schema)
    {
        string text = schema.GetRawText();
        string[] definitions = schema.TryGetProperty("$defs", out JsonElement defined) ? [.. defined.EnumerateObject().Select(definition => $"#/$defs/{definition.Name}")] : [];
        IEnumerable<string> references = Nodes(schema).Where(node => node.TryGetProperty("$ref", out JsonElement reference) && reference.ValueKind == JsonValueKind.String)
            .Select(node => node.GetProperty("$ref").GetString()!);

        Assert.That(references.Distinct(), Is.SubsetOf(definitions.Append("#")), text);
        Assert.That(Nodes(schema).Where(node => node.TryGetProperty("$ref", out _)).Select(node => node.EnumerateObject().Count()), Has.All.EqualTo(1), text);
    }

    private static void AssertStrict(JsonElement schema)
    {
        foreach (JsonElement node in Nodes(schema).Where(node => node.TryGetProperty("properties", out _)))
        {
            Assert.That(node.GetProperty("additionalProperties").ValueKind, Is.EqualTo(JsonValueKind.False));
            Assert.That(node.GetProperty("required").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(node.GetProperty("properties").EnumerateObject().Select(member => member.Name)));
        }

        Assert.That(Nodes(schema).SelectMany(node => node.EnumerateObject().Select(keyword => keyword.Name)).Distinct(), Is.SubsetOf(new[]
        {
            "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs", "description", "format", "pattern",
        }));
    }

    /// <summary>The schemas in a schema, itself first.</summary>
    private static IEnumerable<JsonElement> Nodes(JsonElement schema)
    {
        IEnumerable<JsonElement> inner = new[] { "properties", "$defs" }
            .SelectMany(name => schema.TryGetProperty(name, out JsonElement named) ? named.EnumerateObject().Select(member => member.Value) : [])
            .Concat(schema.TryGetProperty("anyOf", out JsonElement listed) ? listed.EnumerateArray() : [])
            .Concat(schema.TryGetProperty("items", out JsonElement items) ? [items] : []);
        return inner.SelectMany(Nodes).Prepend(schema);
    }
}
