using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace BatchGateway.Emulator.Internal;

/// <summary>A file's bytes as an answer: whole, or the range that was asked for.</summary>
internal static class FileContent
{
    private const string ContentType = "application/octet-stream";

    public static Reply Reply(Exchange exchange, EmulatedFile file, bool honoursRanges)
    {
        if (!honoursRanges)
            return Whole(file);

        Reply whole = Whole(file).With("Accept-Ranges", "bytes");
        if (RequestedRange(exchange, file) is not { } range)
            return whole;
        return Slice(file, range) is (long from, long length) ? Partial(file, from, length) : Unsatisfiable(file);
    }

    private static Reply Whole(EmulatedFile file) => Stretch(200, file, 0, file.Bytes);

    private static Reply Partial(EmulatedFile file, long from, long length) => Stretch(206, file, from, length)
        .With("Accept-Ranges", "bytes")
        .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + length - 1}/{file.Bytes}"));

    private static Reply Unsatisfiable(EmulatedFile file) => Internal.Reply
        .Error(416, "The requested range lies outside the file.")
        .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Bytes}"));

    private static Reply Stretch(int status, EmulatedFile file, long from, long length) =>
        new Reply(status, ContentType, new FileBody(file.Path, from, length))
            .With("ETag", file.ETag)
            .With("Last-Modified", file.ModifiedAt.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>
    /// The one range that is asked for and still valid; null means the whole file, as for several ranges or a garbled header.
    /// </summary>
    private static RangeItemHeaderValue? RequestedRange(Exchange exchange, EmulatedFile file)
    {
        if (!RangeHeaderValue.TryParse(exchange.Header("Range"), out RangeHeaderValue? range) || range.Unit != "bytes" || range.Ranges.Count != 1)
            return null;
        return IsCurrent(exchange.Header("If-Range"), file) ? range.Ranges.First() : null;
    }

    private static bool IsCurrent(string? ifRange, EmulatedFile file)
    {
        if (ifRange is null || ifRange == file.ETag || !file.ChecksIfRange)
            return true;
        return DateTimeOffset.TryParseExact(ifRange, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            && date.ToUnixTimeSeconds() == file.ModifiedAt.ToUnixTimeSeconds();
    }

    private static (long From, long Length)? Slice(EmulatedFile file, RangeItemHeaderValue range)
    {
        long from = range.From ?? Math.Max(0, file.Bytes - range.To!.Value);
        long last = range.From is null ? file.Bytes - 1 : Math.Min(range.To ?? long.MaxValue, file.Bytes - 1);
        return from > last ? null : (from, last - from + 1);
    }
}
