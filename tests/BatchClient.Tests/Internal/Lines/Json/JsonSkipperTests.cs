using System.Text;
using System.Text.Json;
using BatchGateway.Internal.Lines;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class JsonSkipperTests
{
    private static readonly string[] Strings =
        ["", "a", "ü日本🚀", "\\\"", "\\\\", "\\\\\\\"", "{", "}", "]", "[", "\\\\{", "\\n", new string('\\', 62), new string('\\', 64), new string('x', 63), new string('}', 70), "\\u007d"];

    private static Gen<string> Value(int depth) => depth == 0
        ? Gen.OneOf(Gen.Elements(Strings).Select(text => $"\"{text}\""), Gen.Elements("1", "-2.5e3", "true", "null"))
        : Gen.OneOf(
            Value(0),
            Value(depth - 1).ListOf().Select(items => $"[{string.Join(", ", items)}]"),
            Gen.Elements(Strings).SelectMany(name => Value(depth - 1).Select(value => $"\"{name}\":{value}")).ListOf().Select(members => $"{{{string.Join(',', members)}}}"));

    [Test]
    public void Skip_AnyJson_EndsWhereItEnds() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(
            Arb.From(
                from before in Gen.Elements("", "x", "\\", "\"", new string('"', 63), new string('\\', 64))
                from value in Gen.Choose(0, 4).SelectMany(Value).Select(value => $"[{value}]")
                from after in Gen.Elements("", "}", "]", "\"", ",\"error\":null}", new string(']', 64))
                select (Before: Encoding.UTF8.GetBytes(before), Value: Encoding.UTF8.GetBytes(value), After: Encoding.UTF8.GetBytes(after))),
            json => Assert.That(
                JsonSkipper.Skip([.. json.Before, .. json.Value, .. json.After], json.Before.Length), Is.EqualTo(json.Before.Length + ByTheBook(json.Value)))));

    [TestCase("{")]
    [TestCase("{\"a\":\"}")]
    [TestCase("{\"a\":\"\\\"}")]
    [TestCase("[[[]]")]
    public void Skip_ValueThatDoesNotEnd_IsNoValue(string json)
    {
        for (int padding = 0; padding < 140; padding++)
            Assert.That(JsonSkipper.Skip(Encoding.UTF8.GetBytes(json.Insert(1, new string(' ', padding))), 0), Is.EqualTo(-1));
    }

    [Test]
    public void Skip_RunsOfBackslashesAcrossBlocks_AreCountedRight()
    {
        for (int before = 0; before < 130; before++)
        {
            for (int run = 0; run < 70; run++)
            {
                string json = $"[\"{new string('x', before)}{new string('\\', run)}\"]";
                int expected = run % 2 == 0 ? json.Length : -1;
                Assert.That(JsonSkipper.Skip(Encoding.UTF8.GetBytes(json), 0), Is.EqualTo(expected), json);
            }
        }
    }

    private static int ByTheBook(byte[] json)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        reader.Skip();
        return (int)reader.BytesConsumed;
    }
}
