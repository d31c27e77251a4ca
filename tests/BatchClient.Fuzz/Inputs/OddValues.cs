namespace BatchGateway.Fuzz.Inputs;

/// <summary>Values, names and bytes that have broken readers before.</summary>
internal static class OddValues
{
    /// <summary>The key that the client sends. It may come back in anything, and must not come out in an exception.</summary>
    public const string Secret = "fuzz-secret-4711";

    private const string EscapedSecret = "\\u0066uzz-secret-4711";

    public static readonly byte[][] Scalars = All(
        "null", "true", "false", "0", "-0", "-1", "1", "7", "200", "404", "1.0", "1.5", "1e3", "1E+400", "-1e-400", "00", "01", "1.", "NaN",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "2147483648", "99999999999", "100000000000",
        "253402300799", "253402300800", "253402300800000", "79228162514264337593543950336", "1700000000", "1700000000000", "1700000000.5", "-62135596801",
        "1" + new string('0', 400), "\"\"", "\" \"", "\"a\"", "\"0\"", "\"-5\"", "\"1e9\"", "\"None\"", "\"null\"", "\"200\"", "\"1700000000\"",
        "\"2026-11-21T10:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"1969-12-31T23:59:59Z\"", "\"1970-01-01T00:00:00Z\"",
        "\"2026-11-21\"", "\"10:00\"", "\"6000-01-01T00:00:00Z\"", "\"completed\"", "\"COMPLETED\"", "\"__completed\"", "\"complet\\u0065d\"", "\"completed \"",
        "\"failed\"", "\"expired\"", "\"İn_progress\"", "\"canceled\"", "\"batch_expired\"", "\"batch_cancelled\"", "\"failure\"", "\"error\"", "\"list\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"\\\"\"", "\"\\\\\"", "\"\\x\"", "\"ü日本🚀\"", "\"\u2028\uFEFF\"", "\"{[\"",
        "\"" + new string('x', 300) + "\"", "\"" + new string('\\', 64) + "\"", "{}", "[]", "[[]]", "[null]", "{\"\":null}", "{\"error\":{}}", "[1,\"a\",{}]",
        "{\"code\":\"batch_expired\",\"message\":\"m\"}", "{\"error\":{\"error\":{\"message\":\"m\"}}}", "{\"data\":[{\"message\":\"m\",\"line\":2}]}",
        "{\"seconds\":1}", "tru", "", "\"" + Secret + "\"", "\"" + EscapedSecret + "\"", "{\"message\":\"Bearer " + Secret + "\"}",
        "{\"message\":\"" + EscapedSecret + "\",\"x\":\"" + EscapedSecret + "\"}");

    public static readonly byte[][] Names = All(
        "id", "object", "status", "errors", "error", "data", "value", "message", "code", "metadata", "request_counts", "total", "completed", "failed",
        "processing", "succeeded", "usage", "input_tokens", "output_file_id", "completed_at", "created_at", "last_id", "has_more", "custom_id", "response",
        "body", "status_code", "request_id", "choices", "output", "content", "text", "refusal", "finish_reason", "deleted", "bytes", "detail", "title",
        "Id", "RawJson", "ExtensionData", "AdditionalProperties", "x", "", "\\ud800", "\\ud800abcdefgh", "i\\u0064", "custom\\u005fid", "$id", "$type", "__proto__", "ü",
        Secret, EscapedSecret);

    public static readonly byte[][] Bytes = [.. All(
        "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "\t", "\r", "\n", "\r\n", "\0", "\u007f", "\uFEFF", "\u2028", "é", "🚀", "//x\n", "/**/", "\\ud800", "null", "\"a\":",
        "data: ", "<html>", Secret), [0x80], [0xC3], [0xFF], [0xFE, 0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]];

    private static byte[][] All(params string[] texts) => texts.Select(Corpus.Utf8).ToArray();
}
