using System.Globalization;
using System.Text;

namespace BatchGateway.Tests.Wire;

/// <summary>One file, served as gateways do it: with ranges or without, tagged or not, and cut where the test wants it cut.</summary>
internal sealed class ServedFile
{
    public required byte[] Content { get; set; }

    /// <summary>With its quotes; null for none.</summary>
    public string? Tag { get; set; }

    public bool GivesRanges { get; init; }

    public bool IsChunked { get; init; }

    /// <summary>After how many bytes of a body the connection breaks, answer by answer; when there are no more, bodies are whole.</summary>
    public Queue<int> Cuts { get; init; } = new();

    /// <summary>Called before each answer with content; the file may change here.</summary>
    public Action? Asked { get; init; }

    public RawAnswer Answer(RawRequest request)
    {
        if (request.Target.EndsWith("/files/file-1", StringComparison.Ordinal))
            return RawAnswer.Json(200, $$"""{"id":"file-1","bytes":{{Content.Length}}}""");

        Asked?.Invoke();
        int start = GivesRanges && request["If-Range"] is { } tag && tag == Tag ? StartOf(request["Range"]!) : 0;
        if (start >= Content.Length && start > 0)
            return RawAnswer.Json(416, "{}", $"Content-Range: bytes */{Content.Length}");

        List<string> headers = [start == 0 ? "HTTP/1.1 200 OK" : "HTTP/1.1 206 Partial Content"];
        if (start > 0)
            headers.Add($"Content-Range: bytes {start}-{Content.Length - 1}/{Content.Length}");
        if (Tag is not null)
            headers.Add($"ETag: {Tag}");
        return Body(headers, Content.AsSpan(start));
    }

    private static int StartOf(string range) => int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);

    private RawAnswer Body(List<string> headers, ReadOnlySpan<byte> body)
    {
        // In chunks even a body of which every byte came may be cut: before its end is marked.
        bool isCut = Cuts.TryDequeue(out int cut) && cut < body.Length + (IsChunked ? 1 : 0);
        ReadOnlySpan<byte> sent = isCut ? body[..cut] : body;
        headers.Add(IsChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}");
        List<byte> bytes = [.. Encoding.ASCII.GetBytes(string.Join("\r\n", headers) + "\r\n\r\n")];
        if (IsChunked && sent.Length > 0)
            bytes.AddRange([.. Encoding.ASCII.GetBytes($"{sent.Length:x}\r\n"), .. sent, .. "\r\n"u8]);
        else
            bytes.AddRange(sent);
        if (IsChunked && !isCut)
            bytes.AddRange("0\r\n\r\n"u8);
        return RawAnswer.Bytes(bytes.ToArray());
    }
}
