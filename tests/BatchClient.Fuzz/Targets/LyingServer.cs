using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BatchGateway.Fuzz.Inputs;

namespace BatchGateway.Fuzz.Targets;

/// <summary>
/// A server of one file, with choices made beforehand. It lies in every way that can be told: about lengths, ranges and tags, and it breaks
/// off. It does not put other bytes where it vouches for the right ones, for that nobody could see.
/// </summary>
internal sealed class LyingServer
{
    private readonly ByteDice _dice;
    private readonly byte[][] _versions;
    private readonly int _tags;
    private readonly int _told;
    private readonly StringBuilder _story = new();
    private int _version;

    public LyingServer(ByteDice dice)
    {
        _dice = dice;
        _tags = dice.Below(4);
        _told = dice.Below(4);
        _versions = [Content(1), Content(2)];
    }

    public bool Has(byte[] content) => _versions[0].AsSpan().SequenceEqual(content) || _versions[1].AsSpan().SequenceEqual(content);

    public HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (_dice.Below(12) == 11)
            _version = 1 - _version;
        if (!request.RequestUri!.AbsolutePath.EndsWith("/content", StringComparison.Ordinal) && request.RequestUri.Host == "gateway.example")
            return Described();

        long? from = request.Headers.Range?.Ranges.First().From;
        return _dice.Below(14) switch
        {
            13 => Failure(),
            12 => new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { Location = new Uri("https://storage.example/file/content") } },
            11 when from is not null => new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable) { Content = new ByteArrayContent([]) },
            < 9 when from is { } start => Rest(request, (int)start),
            _ => Whole(),
        };
    }

    public override string ToString() => $"{_versions[0].Length} or {_versions[1].Length} bytes:{_story}";

    private byte[] Content(int kind)
    {
        byte[] content = new byte[_dice.Below(5000)];
        for (int i = 0; i < content.Length; i++)
            content[i] = i < 100 && _tags == 0 ? (byte)'x' : (byte)(kind * 31 * (i + 7) >> 3);
        return content;
    }

    /// <summary>What the gateway says about the file beside its content: nothing, its length, or too much.</summary>
    private HttpResponseMessage Described()
    {
        int length = _versions[_version].Length;
        string bytes = _told switch { 0 => $",\"bytes\":{length}", 1 => $",\"bytes\":\"{length}\"", 2 => $",\"bytes\":{length + 9}", _ => "" };
        return new HttpResponseMessage { Content = new StringContent($"{{\"id\":\"file-1\"{bytes}}}") };
    }

    private HttpResponseMessage Failure() => new((HttpStatusCode)(_dice.Below(4) switch { 0 => 503, 1 => 429, 2 => 404, _ => 204 })) { Content = new ByteArrayContent([]) };

    private HttpResponseMessage Whole()
    {
        _story.Append(CultureInfo.InvariantCulture, $" whole of {_version}");
        return Body(new HttpResponseMessage(HttpStatusCode.OK), _versions[_version]);
    }

    private HttpResponseMessage Rest(HttpRequestMessage request, int from)
    {
        byte[] content = _versions[_version];
        bool isHonest = request.Headers.IfRange?.EntityTag?.Tag == Tag();
        if ((isHonest || _dice.Below(2) == 0) && from < content.Length)
            return Body(Partial(from, content.Length), content[from..]);

        return Whole();
    }

    private HttpResponseMessage Partial(int from, int length)
    {
        _story.Append(CultureInfo.InvariantCulture, $" {_version} from {from}");
        HttpResponseMessage response = new(HttpStatusCode.PartialContent) { Content = new ByteArrayContent([]) };
        string range = _dice.Below(10) switch
        {
            1 => $"bytes {from + 1}-{length - 1}/{length}",
            2 => $"bytes {from}-{length - 1}/{length + 5}",
            3 => $"bytes {from}-{length - 1}/*",
            4 => $"bytes */{length}",
            5 => "bytes",
            6 => $"bytes {from}-{length - 1}",
            7 => $"items {from}-{length - 1}/{length}",
            _ => $"bytes {from}-{length - 1}/{length}",
        };
        response.Headers.TryAddWithoutValidation("x-range", range);
        return response;
    }

    private HttpResponseMessage Body(HttpResponseMessage response, byte[] bytes)
    {
        int length = _dice.Below(5), end = _dice.Below(6);
        int keep = end is 1 or 2 && bytes.Length > 0 ? _dice.Below(bytes.Length) : bytes.Length;
        long? told = length switch { 1 or 2 => null, 3 when end is not (2 or 3) => bytes.Length + _dice.Below(50), _ => bytes.Length };

        // Who gives no length and ends early in good order has told nobody.
        bool breaks = end == 1 || (end == 2 && told is null);
        byte[] body = end == 3 && told is not null ? [.. bytes, 1, 2, 3] : bytes[..keep];
        response.Content = new StreamContent(new PieceStream(body, piece: 700, breaks));
        response.Content.Headers.ContentLength = told;
        if (told is null && length == 1)
            response.Headers.TransferEncodingChunked = true;
        if (response.Headers.TryGetValues("x-range", out IEnumerable<string>? range))
            response.Content.Headers.TryAddWithoutValidation("Content-Range", range.First());
        if (_dice.Below(16) != 15)
            response.Headers.TryAddWithoutValidation("ETag", Tag());
        _story.Append(CultureInfo.InvariantCulture, $" ({body.Length} bytes, told {told}{(breaks ? ", broken" : "")})");
        return response;
    }

    private string? Tag() => _tags switch { 0 or 1 => $"\"v{_version}\"", 2 => $"W/\"v{_version}\"", _ => "" };
}
