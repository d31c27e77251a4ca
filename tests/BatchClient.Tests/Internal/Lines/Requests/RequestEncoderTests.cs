using System.Text;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class RequestEncoderTests
{
    [TestCase("a", "m", null, "x")]
    [TestCase(null, "m", "s", "x")]
    [TestCase("größe \"1\"", "m\\n", "s\n", "x\u2028")]
    [TestCase("a", "", "", "")]
    public void Append_PlainChat_SaysWhatAReadingOfItsBytesSays(string? customId, string model, string? system, string user)
    {
        using RequestLineRules rules = new(new BatchLimits(), earlier: null);
        using RequestEncoder encoder = new(rules);
        encoder.Append(BatchRequestLine.Chat("first", model, "x"));

        RequestLine line = encoder.Append(BatchRequestLine.Chat(customId, model, user, system));

        ReadOnlySpan<byte> written = encoder.Buffer.WrittenSpan[line.Start..];
        Assert.That(line.Facts, Is.EqualTo(RequestFacts.Of(written[..^1])));
        Assert.That(line.Length, Is.EqualTo(written.Length));
        Assert.That(written[^1], Is.EqualTo((byte)'\n'));
    }

    [Test]
    public void Append_BrokenLine_LeavesTheOnesBeforeAndGoesOn()
    {
        using RequestLineRules rules = new(new BatchLimits(), earlier: null);
        using RequestEncoder encoder = new(rules);
        encoder.Append(Json("""{"custom_id":"a","body":{}}"""));

        foreach (BatchRequestLine? broken in new[] { null, Json("nonsense"), Json("""{"custom_id":"a","body":{}}"""), BatchRequestLine.Create("b", default, default) })
            Assert.That(() => encoder.Append(broken), Throws.TypeOf<BatchInputException>());
        RequestLine last = encoder.Append(Json("""{"custom_id":"c","body":{}}"""));

        Assert.That(Encoding.UTF8.GetString(encoder.Buffer.WrittenSpan), Is.EqualTo("""{"custom_id":"a","body":{}}""" + "\n" + """{"custom_id":"c","body":{}}""" + "\n"));
        Assert.That(last.Number, Is.EqualTo(6));
    }

    [TestCase("""{"custom_id":"a","body":{"stream":true},"body":{"stream":false}}""", false)]
    [TestCase("""{"custom_id":"a","body":{"stream":false},"body":{"stream":true}}""", true)]
    [TestCase("""{"custom_id":"a","body":{"str\u0065am":true}}""", true)]
    [TestCase("""{"custom_id":"a","body":{"x":{"stream":true}}}""", false)]
    [TestCase("""{"custom_id":"a","stream":true,"body":{}}""", false)]
    public void Of_AsksForStream_IsWhatTheLastMemberSays(string line, bool asks) =>
        Assert.That(RequestFacts.Of(Encoding.UTF8.GetBytes(line)).AsksForStream, Is.EqualTo(asks));

    private static BatchRequestLine Json(string json) => BatchRequestLine.FromJson(Encoding.UTF8.GetBytes(json));
}
