using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Support;

/// <summary>Bodies of answers for property tests: usual ones, usual ones with something odd in them, and broken ones.</summary>
internal sealed class AnswerBodies
{
    /// <summary>
    /// The last ones are never UTF-8. They are not put into odd bodies: of a name that has both them and escapes System.Text.Json makes two
    /// different things in two places.
    /// </summary>
    private static readonly byte[] Odds = [.. "\"\\{],: 0"u8, 0, 0x80, 0xC3, 0xFF];

    private readonly bool _isOdd;
    private readonly Gen<string> _space;
    private readonly Gen<string> _text;
    private readonly Gen<string> _number;
    private readonly Gen<string> _scalar;
    private readonly Gen<string> _name;
    private readonly Gen<string> _word;
    private readonly Gen<string> _parts;

    private AnswerBodies(bool isOdd)
    {
        _isOdd = isOdd;
        _space = Gen.Frequency((12, Gen.Constant("")), (2, Gen.Constant(" ")), (1, Gen.Elements("\n\t", "\r\n  ")));
        _text = Piece().ListOf().Select(pieces => $"\"{string.Concat(pieces)}\"");
        _number = Odd(
            Gen.Choose(0, 100_000).Select(number => $"{number}"),
            Gen.Elements("0", "-0", "-1", "1.0", "1.5e3", "1E+2", "1e-2", "01", "1.", ".5", "-", "+1", "1e", "999999999999999999", "1000000000000000000", "9223372036854775808"));
        _scalar = Odd(
            Gen.OneOf(_text, _number, Gen.Elements("null", "true", "false", "-1.5e3", "0.25")),
            Gen.Elements("nul", "nullx", "True", "", "\"12\"", "NaN", "[]", "{}"));
        _name = Odd(
            Gen.Elements("created", "logprobs", "annotations", "x-extra", "_x", "prompt_tokens_details", "a b", "tool_calls", "error"),
            Gen.Elements("\\u0069d", "rol\\u0065", "naïve", "x\\n", "", "9", "conten\\u0074", "\\ud800"));
        _word = Odd(
            Gen.Elements("\"assistant\"", "\"stop\"", "\"length\"", "\"gpt-4o-mini\"", "\"tool_calls\"", "\"content_filter\"", "\"\"", "null"),
            Gen.OneOf(Gen.Constant("\"st\\u006fp\""), _scalar));
        _parts = List(Object(Member("type", _text), Member("text", Odd(_text, _scalar)), Member("refusal", Odd(_text, _scalar))));
    }

    /// <summary>Chat completions, as UTF-8.</summary>
    public static Arbitrary<byte[]> Chat { get; } = Bytes(new AnswerBodies(false).Answer(), new AnswerBodies(true).Answer());

    /// <summary>Chat completions and answers of the responses API, as UTF-8.</summary>
    public static Arbitrary<byte[]> All { get; } = Bytes(
        Gen.OneOf(new AnswerBodies(false).Answer(), new AnswerBodies(false).Response()), Gen.OneOf(new AnswerBodies(true).Answer(), new AnswerBodies(true).Response()));

    public static string Show(byte[] body) => Encoding.Latin1.GetString(body);

    private static Arbitrary<byte[]> Bytes(Gen<string> usual, Gen<string> odd)
    {
        Gen<byte[]> usualBytes = usual.Select(Encoding.UTF8.GetBytes), oddBytes = odd.Select(Encoding.UTF8.GetBytes);
        return Gen.Frequency(
            (5, usualBytes), (5, oddBytes), (1, usualBytes.SelectMany(json => Broken(json, Odds))), (1, oddBytes.SelectMany(json => Broken(json, Odds[..9])))).ToArbitrary();
    }

    private Gen<string> Answer() => Object(
        Member("id", Odd(_text, _scalar)), Member("model", _word), Member("choices", Odd(Choices(), _scalar)),
        Member("usage", Odd(Usage(), _scalar)), Other(DotNetName()));

    private Gen<string> Response() => Object(
        Member("id", _text), Member("status", Gen.Elements("\"completed\"", "\"incomplete\"", "1")), Member("output", Odd(Output(), _scalar)),
        Member("choices", Gen.OneOf(Choices(), Gen.Constant("null"))), Other(_name));

    private Gen<string> Choices()
    {
        Gen<string> message = Object(
            Member("role", _word), Member("content", Odd(Gen.OneOf(_text, Gen.Constant("null")), Gen.OneOf(_scalar, _parts))),
            Member("refusal", Gen.OneOf(Gen.Constant("null"), _scalar)), Other(_name));
        return List(Odd(Object(Member("index", _number), Member("message", Odd(message, _scalar)), Member("finish_reason", _word), Other(DotNetName())), _scalar));
    }

    private Gen<string> Usage() => Object(
        Member("prompt_tokens", _number), Member("completion_tokens", _number), Member("total_tokens", Odd(_number, _scalar)), Member("input_tokens", Odd(_number, _scalar)),
        Member("completion_tokens_details", Gen.Constant("{\"reasoning_tokens\":3}")), Other(DotNetName()));

    private Gen<string> Output() => List(Object(
        Member("type", Odd(Gen.Elements("\"message\"", "\"message\"", "\"message\"", "\"reasoning\"", "null"), Gen.OneOf(Gen.Constant("\"mess\\u0061ge\""), _scalar))),
        Member("content", Odd(_parts, Gen.OneOf(_text, _scalar))), Other(_name)));

    /// <summary>Names that may be taken for a property of the model, beside the others.</summary>
    private Gen<string> DotNetName() => Odd(_name, Gen.Elements("Text", "RawJson", "AdditionalProperties", "ExtensionData", "Id", "InputTokens", "CachedTokens"));

    private Gen<string> Piece() => Odd(
        Gen.Elements("word ", "some longer text without an end, ", "a", "1.5", "{\\\"mood\\\":\\\"good\\\"}", "\\n", "\\\"", "\\\\", "\\/", "\\t", "\\r", "\\b", "\\f",
            "\\u00e9", "\\u00E9", "\\ud83d\\ude00", "\\u0000", "é", "größer", "日本語の文章", "😀", "\u007f", "\u2028"),
        Gen.Elements("\\ud83d", "\\ude00", "\\ud83dx", "\\ud83d\\u0041", "\\u12", "\\x", "\u0001", "\n", "\\u00g0"));

    private Gen<string> Odd(Gen<string> usual, Gen<string> odd) => _isOdd ? Gen.Frequency((15, usual), (1, odd)) : usual;

    private Gen<string> Member(string name, Gen<string> value) => Named(Gen.Constant(name), value);

    private Gen<string> Other(Gen<string> name) => Named(name, Gen.Frequency((6, _scalar), (1, Nested(3))));

    private Gen<string> Nested(int depth)
    {
        if (depth == 0)
            return _scalar;

        Gen<string> usual = Gen.OneOf(_scalar, List(Nested(depth - 1)), Object(Named(_name, Nested(depth - 1)), Named(_name, Nested(depth - 1))));
        return Odd(usual, Gen.Elements(new string('[', 70) + new string(']', 70), "[1,]", "{,}", "[1 2]", "{\"a\"}", "[}", "{1:1}"));
    }

    private Gen<string> Named(Gen<string> name, Gen<string> value) =>
        from before in _space
        from key in name
        from middle in _space
        from text in value
        from after in _space
        select $"{before}\"{key}\"{middle}:{text}{after}";

    private static Gen<string> List(Gen<string> item) => Gen.Frequency((1, Gen.Constant(0)), (5, Gen.Constant(1)), (2, Gen.Constant(2))).SelectMany(count => item.ListOf(count)).Select(items => $"[{string.Join(',', items)}]");

    /// <summary>The members in any order, some left out, and in an odd body now and then one of them twice.</summary>
    private Gen<string> Object(params Gen<string>[] members) =>
        from all in Gen.CollectToArray(members)
        from again in Gen.Choose(0, 15)
        from left in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
        from shuffled in Gen.Shuffle([.. all, .. again == 0 && _isOdd ? all[..1] : []])
        select $"{{{string.Join(',', shuffled.Skip(left))}}}";

    /// <summary>One byte changed, taken out or put in, or the end missing.</summary>
    private static Gen<byte[]> Broken(byte[] json, byte[] odds) =>
        from how in Gen.Choose(1, 4)
        from place in Gen.Choose(0, json.Length - 1)
        from odd in Gen.Elements(odds)
        select how switch
        {
            1 => [.. json[..place], odd, .. json[(place + 1)..]],
            2 => [.. json[..place], .. json[(place + 1)..]],
            3 => [.. json[..place], odd, .. json[place..]],
            _ => json[..Math.Max(1, place)],
        };
}
