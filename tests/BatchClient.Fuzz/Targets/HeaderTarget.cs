using BatchGateway.Fuzz.Inputs;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Headers of answers: the ones that are read, with values that they should not have.</summary>
internal sealed class HeaderTarget : ExchangeTarget
{
    private static readonly string[] Names =
    [
        "Retry-After", "Date", "ETag", "Content-Range", "Content-Type", "Content-Length", "Content-Encoding", "Location", "x-request-id", "Transfer-Encoding",
        "WWW-Authenticate", "Content-Disposition", "Last-Modified", "Server", "x-ms-request-id", "Set-Cookie", "Accept-Ranges", "x-should-retry",
    ];

    private static readonly string[] Values =
    [
        "0", "1", "5", "61", "-1", "2147483647", "2147483648", "99999999999999999999", "1.5", "5 ", "", " ", "soon", "Sat, 21 Nov 2026 00:00:05 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Sat, 21-Nov-26 00:00:05 GMT", "2026-11-21T00:00:05Z", "\"a\"", "W/\"a\"", "\"", "W/", "*", "a",
        "\"a\", \"b\"", "bytes 0-1/2", "bytes 5-1/2", "bytes */2", "bytes 0-1/*", "bytes 0-9223372036854775807/9223372036854775807", "bytes 0-1", "items 0-1/2",
        "application/json", "application/json; charset=utf-8", "application/json; charset=\"", "text/html", "TEXT/HTML;x=y", "text/event-stream", "/", "gzip", "br, gzip", "identity",
        "chunked", "https://other.example/x", "http://other.example/x", "http://127.0.0.1/x", "http://169.254.169.254/latest", "https://[::1]/", "file:///etc/passwd", "//other.example",
        "/v1/x", "?", "#", "https://", "https://a b/", "https://other.example/%zz?sig=%2F+", "javascript:alert(1)", "Bearer " + OddValues.Secret, OddValues.Secret,
        "https://" + OddValues.Secret + ".example/x", "https://user:" + OddValues.Secret + "@other.example/", "\"" + OddValues.Secret + "\"", OddValues.Secret + " 0-1/2",
        "\u0080\u00FF", "a\tb", "a\0b", "a\rb", "é",
    ];

    private static readonly byte[][] Bodies =
    [
        Corpus.Utf8("""{"id":"batch_1","object":"batch","status":"completed"}"""), Corpus.Utf8("""{"error":{"message":"No.","code":"rate_limit"}}"""),
        Corpus.Utf8("""{"object":"list","data":[]}"""), [], .. Corpus.Garbage,
    ];

    public override string Name => "headers";

    public override int Share => 100;

    public override byte[] Make(Dice dice)
    {
        List<string> lines = [$"{dice.Pick(Calls)} {dice.Pick(Statuses)}"];
        int count = dice.Below(5);
        for (int header = 0; header < count; header++)
            lines.Add($"{dice.Pick(Names)}: {Value(dice)}");
        byte[] input = [.. lines.SelectMany(line => System.Text.Encoding.Latin1.GetBytes(line + "\n")), (byte)'\n', .. dice.Pick(Bodies)];
        return dice.OneIn(4) ? ByteMutator.Mutate(input, dice.Pick(Bodies), dice) : input;
    }

    private static new string Value(Dice dice)
    {
        string value = dice.Pick(Values);
        return dice.OneIn(8) ? value + dice.Pick(Values) : dice.OneIn(40) ? string.Concat(Enumerable.Repeat(value, 200)) : value;
    }
}
