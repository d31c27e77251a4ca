using System.Text.Json;

namespace BatchGateway.Internal.Json;

/// <summary>
/// The errors of a batch in every shape met: <c>{"data":[...]}</c>, a bare array, an array of strings, one object, one string.
/// </summary>
internal static class BatchErrorsJson
{
    public static IReadOnlyList<BatchError> Read(JsonElement? json) => json is { } element ? Read(element) : [];

    public static JsonElement? Write(IReadOnlyList<BatchError> errors) =>
        errors.Count == 0 ? null : JsonSerializer.SerializeToElement(new BatchErrorList { Data = errors }, BatchJsonContext.Default.BatchErrorList);

    /// <summary>One error from an object or a scalar; null when nothing is said.</summary>
    public static BatchError? ReadOne(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.Deserialize(BatchJsonContext.Default.BatchError),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => new BatchError { Message = element.ReadString() },
        _ => new BatchError { Message = element.GetRawText() },
    };

    private static IReadOnlyList<BatchError> Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("data", out JsonElement data)
            && data.ValueKind == JsonValueKind.Array)
            element = data;

        if (element.ValueKind != JsonValueKind.Array)
            return ReadOne(element) is { } single && element.ReadString() != "" ? [single] : [];

        List<BatchError> errors = new(element.GetArrayLength());
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (ReadOne(item) is { } error)
                errors.Add(error);
        }

        return errors;
    }
}
