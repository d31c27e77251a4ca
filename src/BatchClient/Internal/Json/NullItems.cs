namespace BatchGateway.Internal.Json;

/// <summary>Lists of an answer may have null among their items; what we give has none.</summary>
internal static class NullItems
{
    public static IReadOnlyList<T> Without<T>(IReadOnlyList<T?>? items) where T : class
    {
        if (items is null)
            return [];

        foreach (T? item in items)
        {
            if (item is null)
                return [.. items.OfType<T>()];
        }

        return items!;
    }
}
