using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace BatchGateway.Tests.Support;

/// <summary>Result lines as they come and as they should not: written from parts, then sometimes broken byte by byte.</summary>
internal static class ResultLines
{
    private static readonly string[] Names =
        ["choices", "status", "object", "custom_id", "response", "error", "id", "status_code", "request_id", "body", "code", "message", "cust\\u006fm_id", "x", "", "resp", "ü"];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "7", "-1", "200", "404", "500", "200.0", "1e3", "99999999999", "00", "\"\"", "\"a\"", "\"b\"", "\"a\\\"b\\\\\"", "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"", "\"200\"", "\"failure\"", "\"error\"", "\"batch_expired\"", "\"Batch_Cancelled\"", "\"batch_canceled\"", "\"\\u0062atch_expired\"", "\"größe 日本 🚀\"", "\"{[\"", "\"tab\there\"", "\"\\x\"", "tru",
    ];

    /// <summary>One line, without a line feed.</summary>
    public static Arbitrary<byte[]> Line => Arb.From(Gen.OneOf(Usual, Odd, Usual.SelectMany(Broken), Odd.SelectMany(Broken)), Shrink);

    /// <summary>Whole files: lines of every kind, with odd ends, a BOM perhaps, broken here and there.</summary>
    public static Arbitrary<byte[]> File => Arb.From(
        from bom in Gen.Elements("", "", "\uFEFF")
        from lines in Line.Generator.ListOf()
        from ends in Gen.Elements("\n", "\r\n", "\n\n", "\n \t\n").ListOf(lines.Count)
        from last in Gen.Elements("", "\n")
        let whole = Encoding.UTF8.GetBytes(bom).Concat(lines.Zip(ends).SelectMany(pair => pair.First.Concat(Encoding.UTF8.GetBytes(pair.Second)))).ToArray()
        from file in Gen.Frequency((3, Gen.Constant(whole)), (1, Broken(whole)))
        select last.Length == 0 && file is [.., (byte)'\n'] ? file[..^1] : file, Shrink);

    public static string Show(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static Gen<string> Blank => Gen.Frequency((6, Gen.Constant("")), (2, Gen.Constant(" ")), (1, Gen.Constant(" \t\r")));

    /// <summary>The shape that servers write, with bodies of any length.</summary>
    private static Gen<byte[]> Usual =>
        from id in Gen.Elements("a", "request-7", "größe", "x\\ny", "")
        from status in Gen.Elements("200", "201", "400", "429")
        from text in Gen.Choose(0, 300).Select(length => new string('x', length) + "\\\"\\\\ } ] { [ \\n ü")
        from error in Gen.Elements("null", "null", "null", "{\"code\":\"batch_expired\",\"message\":\"m\"}", "\"No.\"", "{}", "{\"error\":{\"code\":\"batch_cancelled\"}}")
        from inner in Gen.Elements("", "", "\"error\":{\"message\":\"m\"},", "\"error\":null,", "\"x\":\"\\\"error\\\"\",")
        from space in Gen.Elements("", " ")
        select Encoding.UTF8.GetBytes(
            $$$"""{"id":{{{space}}}"r","custom_id":{{{space}}}"{{{id}}}",{{{space}}}"response":{"status_code":{{{space}}}{{{status}}},"request_id":"q","body":{{{{inner}}}"text":"{{{text}}}"}},"error":{{{space}}}{{{error}}}}""");

    private static Gen<byte[]> Odd => Gen.Sized(size => Object(Math.Min(size, 12) / 3)).Select(Encoding.UTF8.GetBytes);

    private static Gen<string> Value(int depth) => depth <= 0
        ? Gen.Elements(Scalars)
        : Gen.Frequency((4, Gen.Elements(Scalars)), (3, Object(depth - 1)), (1, Value(depth - 1).ListOf().Select(items => $"[{string.Join(',', items)}]")));

    private static Gen<string> Object(int depth) =>
        from members in Member(depth).ListOf()
        from start in Blank
        from end in Blank
        select $"{start}{{{string.Join(',', members)}}}{end}";

    private static Gen<string> Member(int depth) =>
        from name in Gen.Elements(Names)
        from before in Blank
        from after in Blank
        from value in Value(depth)
        select $"{before}\"{name}\"{before}:{after}{value}{after}";

    private static Gen<byte[]> Broken(byte[] bytes) => bytes.Length == 0 ? Gen.Constant(bytes) :
        from position in Gen.Choose(0, bytes.Length - 1)
        from letter in Gen.Elements((byte)'"', (byte)'\\', (byte)'{', (byte)'}', (byte)'[', (byte)']', (byte)',', (byte)':', (byte)0, (byte)'\t', (byte)0xC3, (byte)0x80, (byte)0xED, (byte)0xF4, (byte)'1')
        from how in Gen.Choose(0, 3)
        select how switch
        {
            0 => [.. bytes[..position], letter, .. bytes[(position + 1)..]],
            1 => [.. bytes[..position], letter, .. bytes[position..]],
            2 => [.. bytes[..position], .. bytes[(position + 1)..]],
            _ => bytes[..position],
        };

    private static IEnumerable<byte[]> Shrink(byte[] bytes)
    {
        for (int length = bytes.Length / 2; length > 0; length /= 2)
        {
            for (int start = 0; start + length <= bytes.Length; start += length)
                yield return [.. bytes[..start], .. bytes[(start + length)..]];
        }
    }
}
