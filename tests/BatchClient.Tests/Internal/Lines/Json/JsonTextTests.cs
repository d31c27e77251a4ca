using System.Buffers;
using System.Text;
using System.Text.Json;
using BatchGateway.Internal.Lines;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class JsonTextTests
{
    private const int Stretch = 16 << 10;

    private static readonly char[] Odd = ['"', '\\', '/', '\0', '\n', '\r', '\t', '\b', '\f', '\u001F', '\u007F', '\u0085', '\u2028', '\u2029', '\uFEFF', '\uFFFD', '\uFFFF', 'ü', '漢'];

    private static Arbitrary<string> Texts => Arb.From(
        Gen.OneOf(
            Gen.Choose(0, 127).Select(code => ((char)code).ToString()),
            Gen.Elements(Odd).Select(c => c.ToString()),
            Gen.Choose(0, 0xFFFF).Select(code => ((char)code).ToString()),
            Gen.Elements("🚀", "\uD83D", "\uDE80", "\uDE80\uD83D"))
        .ListOf().Select(string.Concat));

    [Test]
    public void Write_AnyText_IsReadBackAndHasNoLineEnd() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Texts, AssertWritten));

    [Test]
    public void Write_EveryCharacter_IsReadBack()
    {
        for (int code = 0; code <= char.MaxValue; code++)
            AssertWritten($"a{(char)code}b");
    }

    [TestCase("\"\\\n\r\t\b\f", "\"\\\"\\\\\\n\\r\\t\\b\\f\"")]
    [TestCase("\0\u001F\u007F\u0085\u2028\u2029", "\"\\u0000\\u001f\\u007f\\u0085\\u2028\\u2029\"")]
    [TestCase("<b>'&+/ü漢🚀\uFEFF", "\"<b>'&+/ü漢🚀\uFEFF\"")]
    [TestCase("", "\"\"")]
    public void Write_Text_EscapesOnlyWhatMustBe(string text, string json) => Assert.That(Written(text), Is.EqualTo(Encoding.UTF8.GetBytes(json)));

    [Test]
    public void Write_OddCharactersAroundAStretch_AreReadBack([Values(Stretch, 2 * Stretch)] int boundary, [Range(-2, 2)] int shift)
    {
        foreach (string middle in new[] { "🚀", "\uD83D", "\uDE80", "\uDE80\uD83D", "\uD83Dx", "ü", "\u2028", "\n", "\"", "🚀🚀" })
            AssertWritten(new string('x', boundary + shift) + middle + new string('y', 100));
    }

    [Test]
    public void Write_LongText_IsReadBack([Values('x', 'ü', '漢', '\u2028', '"', '\uD83D')] char c) => AssertWritten(new string(c, 100_000));

    private static void AssertWritten(string text)
    {
        byte[] json = Written(text);

        Assert.That(JsonSerializer.Deserialize<string>(json), Is.EqualTo(Readable(text)));
        Assert.That(json, Has.None.LessThan((byte)' ').And.None.EqualTo((byte)0x7F));
        Assert.That(Encoding.UTF8.GetString(json).IndexOfAny(['\u0085', '\u2028', '\u2029']), Is.Negative);
    }

    /// <summary>The text with halves of surrogate pairs replaced.</summary>
    private static string Readable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static byte[] Written(string text)
    {
        ArrayBufferWriter<byte> buffer = new();
        JsonText.Write(buffer, text);
        return buffer.WrittenSpan.ToArray();
    }
}
