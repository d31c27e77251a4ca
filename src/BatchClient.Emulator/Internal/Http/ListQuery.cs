using System.Globalization;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The paging of a list call: <c>limit</c>, <c>after</c>, <c>order</c>.</summary>
internal sealed record ListQuery(int Limit, string? After, bool OldestFirst)
{
    private const int DefaultLimit = 20;
    private const int LargestLimit = 100;

    public static ListQuery From(Exchange exchange) =>
        new(ReadLimit(exchange), NotEmpty(exchange.Request.Query["after"]), ReadOrder(exchange) == "asc");

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

    private static int ReadLimit(Exchange exchange)
    {
        string? text = NotEmpty(exchange.Request.Query["limit"]);
        if (text is null)
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is >= 1 and <= LargestLimit)
            return limit;
        throw new RefusedException(400, $"Invalid 'limit': expected an integer from 1 to {LargestLimit}, got '{text}'.", "limit", "invalid_value");
    }

    private static string ReadOrder(Exchange exchange)
    {
        string order = NotEmpty(exchange.Request.Query["order"]) ?? "desc";
        if (order is "asc" or "desc")
            return order;
        throw new RefusedException(400, $"Invalid value: '{order}'. Supported values are: 'asc' and 'desc'.", "order", "invalid_value");
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
