using System.Text;
using System.Text.Unicode;
using BatchGateway.Internal.Lines;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class Utf8CheckTests
{
    private static readonly byte[][] Pieces =
    [
        "a"u8.ToArray(), "plain text of some length, "u8.ToArray(), "ü"u8.ToArray(), "日本"u8.ToArray(), "🚀"u8.ToArray(), [0xF4, 0x8F, 0xBF, 0xBF], [0xEF, 0xBF, 0xBF], [0xC2, 0x80], [0xE0, 0xA0, 0x80],
    ];

    private static readonly byte[][] Faults =
    [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x9A],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xFE], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xC3, 0xA4, 0x80],
    ];

    private static Gen<byte[]> Text => Gen.Elements(Pieces).ListOf().Resize(60).Select(pieces => pieces.SelectMany(piece => piece).ToArray());

    [Test]
    public void IsValid_AnyText_IsValid() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Arb.From(Text), text => Assert.That(Utf8Check.IsValid(text), Is.True)));

    [Test]
    public void IsValid_TextWithAnyBytesInIt_IsWhatTheFrameworkSays() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(4000),
        Prop.ForAll(
            Arb.From(
                from before in Text
                from middle in Gen.Choose(0, 255).Select(value => (byte)value).ListOf().Resize(5)
                from after in Text
                select before.Concat(middle).Concat(after).ToArray()),
            text => Assert.That(Utf8Check.IsValid(text), Is.EqualTo(Utf8.IsValid(text)), Convert.ToHexString(text))));

    [TestCaseSource(nameof(Faults))]
    public void IsValid_FaultAtEveryPlace_IsFound(byte[] fault)
    {
        foreach (string padding in new[] { "x", "ü" })
        {
            for (int before = 0; before < 150; before++)
            {
                foreach (int after in new[] { 0, 1, 2, 3, 4, 63, 64, 65, 200 })
                {
                    byte[] text = [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(padding, before))), .. fault, .. Enumerable.Repeat((byte)'y', after)];
                    Assert.That(Utf8Check.IsValid(text), Is.False, $"{before} letters '{padding}' before, {after} after");
                }
            }
        }
    }
}
