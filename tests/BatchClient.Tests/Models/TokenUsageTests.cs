using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Tests.Models;

public sealed class TokenUsageTests
{
    [TestCase("""{"input_tokens":10,"output_tokens":5,"total_tokens":15,"input_tokens_details":{"cached_tokens":4},"output_tokens_details":{"reasoning_tokens":3}}""")]
    [TestCase("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}""")]
    [TestCase("""{"prompt_tokens":"10","completion_tokens":5.0,"total_tokens":"15","prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}""")]
    public void Read_EitherNaming_GivesTheSame(string json)
    {
        TokenUsage usage = Read(json);

        Assert.That(usage.InputTokens, Is.EqualTo(10));
        Assert.That(usage.OutputTokens, Is.EqualTo(5));
        Assert.That(usage.TotalTokens, Is.EqualTo(15));
        Assert.That(usage.CachedTokens, Is.EqualTo(4));
        Assert.That(usage.ReasoningTokens, Is.EqualTo(3));
    }

    [Test]
    public void Read_BothNamings_TheNewerOneCounts()
    {
        TokenUsage usage = Read(
            """
            {"input_tokens":10,"prompt_tokens":1,"output_tokens":5,"completion_tokens":1,"total_tokens":15,
             "input_tokens_details":{"cached_tokens":4},"prompt_tokens_details":{"cached_tokens":1},
             "output_tokens_details":{"reasoning_tokens":3},"completion_tokens_details":{"reasoning_tokens":1}}
            """);

        Assert.That(
            new[] { usage.InputTokens, usage.OutputTokens, usage.CachedTokens, usage.ReasoningTokens }, Is.EqualTo(new long?[] { 10, 5, 4, 3 }));
    }

    [TestCase("{}")]
    [TestCase("""{"input_tokens":null,"prompt_tokens":null,"total_tokens":null,"input_tokens_details":null,"output_tokens_details":{"reasoning_tokens":null}}""")]
    public void Read_NothingSaid_IsNullAndNotZero(string json)
    {
        TokenUsage usage = Read(json);

        Assert.That(
            new[] { usage.InputTokens, usage.OutputTokens, usage.TotalTokens, usage.CachedTokens, usage.ReasoningTokens }, Has.All.Null);
    }

    [TestCase("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}""")]
    [TestCase("""{"input_tokens":10,"output_tokens":5,"total_tokens":15}""")]
    public void Write_EitherNaming_IsKept(string json)
    {
        using JsonDocument written = JsonDocument.Parse(JsonSerializer.Serialize(Read(json), BatchJsonContext.Default.TokenUsage));
        using JsonDocument original = JsonDocument.Parse(json);

        Assert.That(JsonElement.DeepEquals(written.RootElement, original.RootElement), Is.True, written.RootElement.GetRawText());
    }

    private static TokenUsage Read(string json) => JsonSerializer.Deserialize(json, BatchJsonContext.Default.TokenUsage)!;
}
