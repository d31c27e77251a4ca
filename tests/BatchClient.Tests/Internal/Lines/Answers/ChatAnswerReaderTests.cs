using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Internal.Lines.Answers;

public sealed class ChatAnswerReaderTests
{
    private const string Usual = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1761896225,"model":"gpt-4o-mini","choices":[{"index":0,"message":{"role":"assistant",
        "content":"Gr\u00fc\u00dfe, \"you\":\n日本 \ud83d\ude00, and a longer piece of text","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4},
        "completion_tokens_details":{"reasoning_tokens":3}},"service_tier":"default","system_fingerprint":null}
        """;

    private static readonly GatewayModel[] LateModels = [new ChatAnswer(), new ChatChoice(), new ChatMessage(), new TokenUsage()];

    [Test]
    public void Read_AnyBody_IsWhatSystemTextJsonReads() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(4000),
        Prop.ForAll(AnswerBodies.Chat, body => Assert.That(
            Outcome(() => ChatAnswerReader.Read(body)),
            Is.EqualTo(Outcome(() => JsonSerializer.Deserialize(body, ReferenceJson.Default.ChatAnswer))),
            AnswerBodies.Show(body))));

    [Test]
    public void ReadUsual_GeneratedBodies_AreTakenOftenAndLeftOften()
    {
        byte[][] bodies = [.. AnswerBodies.Chat.Generator.Sample(1000)];

        Assert.That(bodies.Count(body => ChatAnswerReader.ReadUsual(body) is not null), Is.InRange(150, 850), "else one of the two ways is hardly tested");
    }

    [Test]
    public void ReadUsual_UsualBody_IsReadWithoutSystemTextJson()
    {
        ChatAnswer answer = ChatAnswerReader.ReadUsual(Encoding.UTF8.GetBytes(Usual))!;

        Assert.That(answer.Text, Is.EqualTo("Grüße, \"you\":\n日本 😀, and a longer piece of text"));
        Assert.That(answer.Choices[0].FinishReason, Is.EqualTo("stop"));
        Assert.That(answer.Usage!.CachedTokens, Is.EqualTo(4));
        Assert.That(answer.Usage.ReasoningTokens, Is.EqualTo(3));
        Assert.That(answer.AdditionalProperties.Keys, Is.EqualTo(new[] { "object", "created", "service_tier", "system_fingerprint" }));
        Assert.That(answer.Choices[0].Message!.AdditionalProperties.Keys, Is.EqualTo(new[] { "annotations" }));
    }

    [TestCase("""{"id":"a","id":"b"}""")]
    [TestCase("""{"\u0069d":"a"}""")]
    [TestCase("""{"Text":"a"}""")]
    [TestCase("""{"id":1}""")]
    [TestCase("""{"id":"\ud83d"}""")]
    [TestCase("""{"choices":[null]}""")]
    [TestCase("""{"choices":[{"index":1.0}]}""")]
    [TestCase("""{"usage":{"total_tokens":01}}""")]
    [TestCase("""{"usage":{"total_tokens":1000000000000000000}}""")]
    [TestCase("""{"choices":[{"message":{"content":[{"type":"text","text":"a"}]}}]}""")]
    [TestCase("""{"id":"a"}x""")]
    [TestCase("""{"id":"a",}""")]
    [TestCase("""{"id":"a" "model":"m"}""")]
    [TestCase("""{"x":[1,]}""")]
    [TestCase("""{"x":-}""")]
    [TestCase("""{"x":nullx}""")]
    [TestCase("\uFEFF{}")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{")]
    public void ReadUsual_AnythingOdd_IsLeftToSystemTextJson(string body) => Assert.That(ChatAnswerReader.ReadUsual(Encoding.UTF8.GetBytes(body)), Is.Null);

    [TestCase(100_000)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(17)]
    public void Read_TextOfAnyLength_IsWhole(int length)
    {
        string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));

        ChatAnswer answer = ChatAnswerReader.ReadUsual(Encoding.UTF8.GetBytes($$$"""{"choices":[{"message":{"content":"{{{text}}}"}},{},{}]}"""))!;

        Assert.That(answer.Text, Is.EqualTo(text));
        Assert.That(answer.Choices, Has.Count.EqualTo(3));
    }

    [Test]
    public void Read_SameModelAgain_IsTheSameString()
    {
        byte[] body = Encoding.UTF8.GetBytes(Usual);

        ChatAnswer first = ChatAnswerReader.Read(body)!, second = ChatAnswerReader.Read(body)!;

        Assert.That(second.Model, Is.SameAs(first.Model).And.EqualTo("gpt-4o-mini"));
    }

    [TestCase(Usual)]
    [TestCase("""{"id":1,"x":2}""")]
    public void Read_Answer_HasItsJson(string body)
    {
        byte[] json = Encoding.UTF8.GetBytes(body);

        ChatAnswer answer = ChatAnswerReader.Read(json)!;

        Assert.That(answer.RawJson.ToArray(), Is.EqualTo(json));
        Assert.That(answer.Choices.Select(choice => choice.RawJson.IsEmpty && choice.Message!.RawJson.IsEmpty), Has.All.True);
    }

    [Test]
    public void Read_CopyWithAChange_KeepsTheUnknownMembers()
    {
        ChatAnswer answer = ChatAnswerReader.Read(Encoding.UTF8.GetBytes(Usual))!;

        ChatAnswer before = answer with { Model = "other" };
        int count = answer.AdditionalProperties.Count;
        ChatAnswer after = answer with { AdditionalProperties = new Dictionary<string, JsonElement>() };

        Assert.That(before.AdditionalProperties, Has.Count.EqualTo(count));
        Assert.That(after.AdditionalProperties, Is.Empty);
        Assert.That(answer.AdditionalProperties, Has.Count.EqualTo(4));
    }

    [Test]
    public void Read_LookedAt_StaysEqualToItsCopy()
    {
        ChatAnswer answer = ChatAnswerReader.Read(Encoding.UTF8.GetBytes(Usual))!;
        ChatAnswer copy = answer with { };
        int hash = answer.GetHashCode();

        Assert.That(answer.AdditionalProperties, Is.Not.Empty);

        Assert.That(answer, Is.EqualTo(copy));
        Assert.That(answer.GetHashCode(), Is.EqualTo(hash));
        Assert.That(answer, Is.Not.EqualTo(copy with { AdditionalProperties = new Dictionary<string, JsonElement>() }));
    }

    [Test]
    public void Read_UsageOfEitherParser_IsEqual()
    {
        const string Body = """{"id":"a","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""";

        TokenUsage usual = ChatAnswerReader.ReadUsual(Encoding.UTF8.GetBytes(Body))!.Usage!;
        TokenUsage other = ChatAnswerReader.Read(Encoding.UTF8.GetBytes(Body.Replace("id", "\\u0069d", StringComparison.Ordinal)))!.Usage!;

        Assert.That(usual, Is.EqualTo(other));
        Assert.That(usual.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(usual, Is.EqualTo(new TokenUsage { PromptTokensMember = 10, CompletionTokensMember = 5, TotalTokens = 15 }));
    }

    [Test]
    public void Read_PartsThatAreKept_LetTheLineGo()
    {
        (object[] kept, WeakReference line) = ReadAndForget();

        GC.Collect();

        Assert.That(line.IsAlive, Is.False, "a kept usage must not hold the line it was read from");
        Assert.That(kept.Cast<GatewayModel>().Select(model => model.AdditionalProperties.Count), Is.EqualTo(new[] { 2, 1, 1 }));
        Assert.That(((TokenUsage)kept[0]).CachedTokens, Is.EqualTo(4));
    }

    /// <summary>What is long is not copied: a reader of answers with <c>logprobs</c> would pay for it twice.</summary>
    [Test]
    public void Read_LongUnknownMember_IsThereWhenItIsAskedFor()
    {
        string numbers = string.Join(',', Enumerable.Range(0, 2000));

        ChatAnswer answer = ChatAnswerReader.ReadUsual(Encoding.UTF8.GetBytes($$$"""{"choices":[{"logprobs":[{{{numbers}}}],"index":1,"x":2}]}"""))!;

        Assert.That(answer.Choices[0].AdditionalProperties["logprobs"].GetArrayLength(), Is.EqualTo(2000));
        Assert.That(answer.Choices[0].AdditionalProperties, Has.Count.EqualTo(2));
    }

    [TestCaseSource(nameof(LateModels))]
    public void Knows_EveryMember_IsOneOfTheJsonContext(GatewayModel model)
    {
        JsonTypeInfo type = ReferenceTypes.GetTypeInfo(model.GetType())!;
        IEnumerable<string> members = type.Properties.Where(property => property.Get is not null && !property.IsExtensionData).Select(property => property.Name);

        Assert.That(members, Is.Not.Empty);
        Assert.That(members.Where(member => !model.Knows(member)), Is.Empty);
    }

    /// <summary>In a method of its own, whose locals are gone when it returns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (object[] Kept, WeakReference Line) ReadAndForget()
    {
        byte[] line = Encoding.UTF8.GetBytes(Usual);
        ChatAnswer answer = ChatAnswerReader.ReadUsual(line)!;
        return ([answer.Usage!, answer.Choices[0] with { Message = null }, answer.Choices[0].Message!], new WeakReference(line));
    }

    private static JsonSerializerOptions ReferenceTypes => ReferenceJson.Default.Options;

    private static string Outcome(Func<ChatAnswer?> read)
    {
        try
        {
            return read() is { } answer ? Describe(answer) : "null";
        }
        catch (JsonException exception)
        {
            return $"{exception.GetType().Name} at {exception.LineNumber}, {exception.BytePositionInLine}";
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static string Describe(ChatAnswer answer)
    {
        StringBuilder text = new(ModelText.Of(answer with { Choices = [] }));
        foreach (ChatChoice? choice in answer.Choices)
        {
            if (choice is not null)
                text.Append("choice ").Append(ModelText.Of(choice with { Message = null }));
            // The JSON of a content may be written with other escapes; what it says stands in the content itself.
            if (choice?.Message is { } message)
                text.Append("message ").Append(ModelText.Of(message.Content is null ? message : message with { Content = message.Content }));
        }

        return text.Append(JsonSerializer.Serialize(answer, BatchJsonContext.Default.ChatAnswer)).ToString();
    }
}
