using System.Net.Http.Headers;

namespace BatchGateway.Internal.Endpoints;

/// <summary>Which version of a file a body is of, where in the file it begins, and how long the whole is, as far as the gateway says.</summary>
internal sealed record ContentPart(long Start, string? ETag, long? Total)
{
    /// <summary>The tag that says "byte for byte this version", to be sent as <c>If-Range</c>; a weak one does not say so much.</summary>
    public string? StrongTag => ETag is ['"', ..] ? ETag : null;

    /// <summary>Whether the tags say that these are two versions. Weak and strong are one here, for proxies weaken what they pass on.</summary>
    public bool IsOtherThan(ContentPart version) =>
        ETag is { } own && version.ETag is { } other && Opaque(own) != Opaque(other);

    public static ContentPart Whole(BatchFileContent content) => new(0, content.ETag, content.Length);

    /// <summary>
    /// The rest of a version from a position to its very end; null when the content is anything else. The gateway must say so in full, for
    /// what is appended is never looked at again.
    /// </summary>
    public static ContentPart? RestOf(ContentPart version, long position, BatchFileContent content)
    {
        if (!ContentRangeHeaderValue.TryParse(content.ContentRange, out ContentRangeHeaderValue? range)
            || range is not { Unit: "bytes", Length: { } total })
            return null;

        bool isRest = range.From == position && range.To == total - 1 && (content.Length ?? total - position) == total - position;
        return isRest && content.ETag == version.ETag && (version.Total ?? total) == total ? version with { Start = position, Total = total } : null;
    }

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
