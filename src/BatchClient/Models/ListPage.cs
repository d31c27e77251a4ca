namespace BatchGateway;

/// <summary>One page of a list. The next page is asked for with <c>after</c> set to <see cref="LastId"/>.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record ListPage<T>
{
    /// <summary>The items, in the gateway's order (newest first, unless asked otherwise).</summary>
    public IReadOnlyList<T> Data { get; init; } = [];

    /// <summary>The id of the first item; null on an empty page.</summary>
    public string? FirstId { get; init; }

    /// <summary>The cursor of the next page, usually the id of the last item; null on an empty page.</summary>
    public string? LastId { get; init; }

    /// <summary>Whether another page follows; null when the gateway does not say.</summary>
    public bool? HasMore { get; init; }
}
