using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Internal.Lines.Answers;

public sealed partial class AnswerPartsTests
{
    [Test]
    public void Find_AnyBody_IsWhatADocumentSays() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(4000),
        Prop.ForAll(AnswerBodies.All, body =>
        {
            AnswerParts found = AnswerParts.Find(body), expected = AnswerDocument.Read(body);
            Assert.That(found.Text, Is.EqualTo(expected.Text), AnswerBodies.Show(body));
            Assert.That(found.HasText, Is.EqualTo(expected.HasText), AnswerBodies.Show(body));
            Assert.That(found.Refusal, Is.EqualTo(expected.Refusal), AnswerBodies.Show(body));
        }));

    [Test]
    public void Find_UsualBodyThatWasCutShort_IsKnownAsSuch() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(AnswerBodies.All, body => !AnswerScan.TryFind(body, out AnswerParts found)
            || found.IsCutShort == AnswerDocument.Read(body).IsCutShort || AnswerBodies.Show(body).Contains("\\u", StringComparison.Ordinal)));

    [Test]
    public void Find_GeneratedBodies_AreScannedOftenAndLeftOften()
    {
        byte[][] bodies = [.. AnswerBodies.All.Generator.Sample(1000)];

        Assert.That(bodies.Count(body => AnswerScan.TryFind(body, out _)), Is.InRange(150, 850), "else one of the two ways is hardly tested");
        Assert.That(bodies.Count(body => AnswerParts.Find(body).HasText), Is.GreaterThan(100));
        Assert.That(bodies.Count(body => AnswerParts.Find(body).Refusal is not null), Is.GreaterThan(30));
    }

    [Test]
    public void ReadText_AnyBody_IsTheTextReadAsJson() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(AnswerBodies.All, body =>
        {
            AnswerParts answer = AnswerParts.Find(body);
            if (answer.Text is { } text)
                Assert.That(Outcome(() => answer.ReadText(ElementJson.Default.JsonElement)), Is.EqualTo(Outcome(() => JsonSerializer.Deserialize(text, ElementJson.Default.JsonElement))), AnswerBodies.Show(body));
        }));

    // Each is a body that the scanner takes; what it finds is written here by hand.
    [TestCase("""{"choices":[{"message":{"content":"a\n\u00e9 \ud83d\ude00"},"finish_reason":"stop"}]}""", "a\né 😀", null, false)]
    [TestCase("""{"choices":[{"message":{"content":"a"},"finish_reason":"length"},{"message":{"content":"b"}}]}""", "a", null, true)]
    [TestCase("""{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"image_url"},7,{"type":"text","text":"b"}]}}]}""", "ab", null, false)]
    [TestCase("""{"choices":[{"message":{"content":null,"refusal":"no"}}],"output":[{"content":"o"}]}""", "o", "no", false)]
    [TestCase("""{"choices":[{"message":{"content":[{"refusal":"of a part"}]}}]}""", null, null, false)]
    [TestCase("""{"choices":[],"output":[{"content":[{"text":"a"},{"text":"b"}]},{"content":"c"},{"content":[{"refusal":"no"},{"refusal":"never"}]}]}""", "abc", "no", false)]
    [TestCase("""{"status":"incomplete","output":[{"type":"reasoning"}]}""", null, null, true)]
    [TestCase("""{"choices":null,"output":{}}""", null, null, false)]
    [TestCase("""{"output":[{"type":"reasoning","content":[{"text":"hmm"}]},{"type":"message","content":[{"text":"a"}]},{"content":"b","type":null}]}""", "ab", null, false)]
    [TestCase("""{"output":[{"content":[{"text":"hmm"},{"refusal":"no"}],"type":"reasoning"},{"content":[{"text":"a"},{"text":"b"}],"type":"message"}]}""", "ab", null, false)]
    [TestCase("""{"output":[{"content":[{"text":"hmm"}],"type":1}]}""", null, null, false)]
    public void TryFind_UsualBody_IsScanned(string body, string? text, string? refusal, bool isCutShort)
    {
        Assert.That(AnswerScan.TryFind(Encoding.UTF8.GetBytes(body), out AnswerParts parts), Is.True);

        Assert.That((parts.Text, parts.Refusal, parts.IsCutShort), Is.EqualTo((text, refusal, isCutShort)));
        AnswerParts document = AnswerDocument.Read(Encoding.UTF8.GetBytes(body));
        Assert.That((document.Text, document.Refusal, document.IsCutShort), Is.EqualTo((text, refusal, isCutShort)));
    }

    [Test]
    public void Find_TextThatIsNoUtf8_HasWhatCanBeRead()
    {
        byte[] body = [.. """{"choices":[{"message":{"content":"a"""u8, 0xC3, .. """b"}}]}"""u8];

        Assert.That(AnswerParts.Find(body).Text, Does.Contain("a").And.Contain("\uFFFD").And.Contain("b"));
    }

    private static string Outcome(Func<JsonElement> read)
    {
        try
        {
            return read().GetRawText();
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    [JsonSerializable(typeof(JsonElement))]
    internal sealed partial class ElementJson : JsonSerializerContext;
}
