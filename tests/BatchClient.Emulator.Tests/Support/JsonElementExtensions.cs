using System.Text.Json;

namespace BatchGateway.Emulator.Tests.Support;

internal static class JsonElementExtensions
{
    public static string? Text(this JsonElement element, params string[] path) => element.At(path).GetString();

    public static long Number(this JsonElement element, params string[] path) => element.At(path).GetInt64();

    public static bool IsNull(this JsonElement element, params string[] path) => element.At(path).ValueKind == JsonValueKind.Null;

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    /// <summary>Total, completed and failed.</summary>
    public static (long Total, long Completed, long Failed) Counts(this JsonElement batch) =>
        (batch.Number("request_counts", "total"), batch.Number("request_counts", "completed"), batch.Number("request_counts", "failed"));

    private static JsonElement At(this JsonElement element, string[] path) =>
        path.Aggregate(element, (current, name) => current.GetProperty(name));
}
