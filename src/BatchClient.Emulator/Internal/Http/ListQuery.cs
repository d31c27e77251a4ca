using System.Globalization;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The paging of a list call: <c>limit</c>, <c>after</c>, <c>order</c>.</summary>
internal sealed record ListQuery(int Limit, string? After, bool OldestFirst)
{
    /// <summary>Of batches: 20 a page unless told otherwise, 100 at most, always the newest first.</summary>
    public static ListQuery ForBatches(Exchange exchange) => new(ReadLimit(exchange, usual: 20, most: 100), ReadAfter(exchange), OldestFirst: false);

    /// <summary>Of files: 10,000 a page unless told otherwise, and at most, in either order.</summary>
    public static ListQuery ForFiles(Exchange exchange) =>
        new(ReadLimit(exchange, usual: 10_000, most: 10_000), ReadAfter(exchange), ReadOrder(exchange) == "asc");

    /// <summary>One page as the answer; the items come oldest first.</summary>
    public Reply Page<T>(IEnumerable<T> items, Func<T, string> id, Action<Utf8JsonWriter, T> write)
    {
        List<T> ordered = [.. items];
        if (!OldestFirst)
            ordered.Reverse();

        int start = After is null ? 0 : ordered.FindIndex(item => id(item) == After) + 1;
        if (After is not null && start == 0)
            throw new RefusedException(400, $"Invalid 'after': no item with id '{After}'.", "after", "invalid_value");

        List<T> page = ordered[start..Math.Min(start + Limit, ordered.Count)];
        return Reply.Json(json => WritePage(json, page, id, write, hasMore: start + Limit < ordered.Count));
    }

    private static void WritePage<T>(Utf8JsonWriter json, List<T> page, Func<T, string> id, Action<Utf8JsonWriter, T> write, bool hasMore)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (T item in page)
            write(json, item);
        json.WriteEndArray();
        json.WriteString("first_id", page.Count == 0 ? null : id(page[0]));
        json.WriteString("last_id", page.Count == 0 ? null : id(page[^1]));
        json.WriteBoolean("has_more", hasMore);
        json.WriteEndObject();
    }

    private static int ReadLimit(Exchange exchange, int usual, int most)
    {
        string? text = NotEmpty(exchange.Request.Query["limit"]);
        if (text is null)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit >= 1 && limit <= most)
            return limit;
        throw new RefusedException(400, $"Invalid 'limit': expected an integer from 1 to {most}, got '{text}'.", "limit", "invalid_value");
    }

    private static string? ReadAfter(Exchange exchange) => NotEmpty(exchange.Request.Query["after"]);

    private static string ReadOrder(Exchange exchange)
    {
        string order = NotEmpty(exchange.Request.Query["order"]) ?? "desc";
        if (order is "asc" or "desc")
            return order;
        throw new RefusedException(400, $"Invalid value: '{order}'. Supported values are: 'asc' and 'desc'.", "order", "invalid_value");
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
