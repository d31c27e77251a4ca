using System.Text;
using BatchGateway.Internal.Json;

namespace BatchGateway.Tests.Internal.Json;

public sealed class MendedJsonTests
{
    [TestCase("""{"a":"b\n\u00fc\\ud800"}""")]
    [TestCase("""["\ud83d\ude00\uD83D\uDE00"]""")]
    [TestCase("\"größe 🚀\"")]
    [TestCase("\\u12")]
    [TestCase("\\")]
    [TestCase("")]
    public void Of_Text_IsTheSame(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        Assert.That(MendedJson.Of(bytes), Is.EqualTo((ReadOnlyMemory<byte>)bytes));
    }

    [TestCase("""["\ud83d"]""", """["\ufffd"]""")]
    [TestCase("""["\ude00\ud83d"]""", """["\ufffd\ufffd"]""")]
    [TestCase("""["\ud83d\u0041"]""", """["\ufffd\u0041"]""")]
    [TestCase("""["\\\uDBFF\ud83d\ude00"]""", """["\\\ufffd\ud83d\ude00"]""")]
    [TestCase("""{"\udfff":"\\\\\udc00"}""", """{"\ufffd":"\\\\\ufffd"}""")]
    public void Of_HalfOfAPair_IsReplaced(string json, string mended) =>
        Assert.That(Encoding.UTF8.GetString(MendedJson.Of(Encoding.UTF8.GetBytes(json)).Span), Is.EqualTo(mended));

    [Test]
    public void Of_BrokenUtf8_IsReplaced()
    {
        byte[] json = [(byte)'"', 0xFF, (byte)'"'];

        Assert.That(Encoding.UTF8.GetString(MendedJson.Of(json).Span), Is.EqualTo("\"\uFFFD\""));
        Assert.That(json[1], Is.EqualTo(0xFF), "what came stays as it came");
    }
}
