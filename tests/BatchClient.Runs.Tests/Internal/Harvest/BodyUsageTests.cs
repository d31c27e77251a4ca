using System.Text;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Harvest;

internal sealed class BodyUsageTests
{
    [TestCase("""{"id":"x","usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}}""", 7, 5)]
    [TestCase("""{"usage":{"input_tokens":7,"output_tokens":5,"input_tokens_details":{"input_tokens":99}},"b":[{"usage":{}}]}""", 7, 5)]
    [TestCase("""{"usage":{"prompt_tokens":1,"input_tokens":7}}""", 7, 0)]
    [TestCase("""{"usage":{"prompt_tokens":"7","completion_tokens":null}}""", 0, 0)]
    [TestCase("""{"usage":{"prompt_tokens":99999999999,"completion_tokens":-5}}""", int.MaxValue, 0)]
    [TestCase("""{"usage":null}""", 0, 0)]
    [TestCase("""[{"usage":{"prompt_tokens":7}}]""", 0, 0)]
    [TestCase("\"text\"", 0, 0)]
    public void TryRead_Body_ItsTokens(string body, int input, int output)
    {
        Assert.That(BodyUsage.TryRead(Encoding.UTF8.GetBytes(body), out BodyUsage usage));
        Assert.That((usage.InputTokens, usage.OutputTokens), Is.EqualTo((input, output)));
    }

    [TestCase("""{"model":"gpt-4o-mini-2024-07-18","usage":{}}""", "gpt-4o-mini-2024-07-18")]
    [TestCase("""{"choices":[{"model":"inner"}],"usage":{"model":"of usage"}}""", null)]
    [TestCase("""{"model":null}""", null)]
    public void TryRead_Body_ItsModel(string body, string? model)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);

        Assert.That(BodyUsage.TryRead(bytes, out BodyUsage usage));
        Assert.That(usage.Model.TextIn(bytes), Is.EqualTo(model));
    }

    [TestCase("")]
    [TestCase("""{"usage":{"prompt_tokens":7}""")]
    [TestCase("""{"usage":{"prompt_tokens":7}} x""")]
    [TestCase("""{"usage":{"prompt_tokens":7},"a":tru}""")]
    public void TryRead_NoJson_False(string body)
    {
        Assert.That(BodyUsage.TryRead(Encoding.UTF8.GetBytes(body), out BodyUsage usage), Is.False);
        Assert.That(usage.InputTokens, Is.Zero);
    }
}
