using System.Runtime.InteropServices;
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
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => new BatchError { Message = element.ReadString() },
        _ => new BatchError { Message = element.ReadRawText() },
    };

    private static IReadOnlyList<BatchError> Read(JsonElement element)
    {
        if (element.TryGetMember("data"u8, out JsonElement data) && data.ValueKind is JsonValueKind.Array or JsonValueKind.Null)
            element = data;

        if (element.ValueKind != JsonValueKind.Array)
            return !SaysNothing(element) && ReadOne(element) is { } single ? [single] : [];

        List<BatchError> errors = new(element.GetArrayLength());
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (ReadOne(item) is { } error)
                errors.Add(error);
        }

        return errors;
    }

    /// <summary>Every member may have any type; what is left is nesting that is deeper than anything real.</summary>
    private static BatchError? ReadObject(JsonElement element)
    {
        try
        {
            ReadOnlyMemory<byte> json = JsonMarshal.GetRawUtf8Value(element).ToArray();
            return JsonSerializer.Deserialize(MendedJson.Of(json).Span, BatchJsonContext.Default.BatchError);
        }
        catch (JsonException)
        {
            return new BatchError { Message = element.ReadRawText() };
        }
    }

    private static bool SaysNothing(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => !element.EnumerateObject().Any(),
        JsonValueKind.String => element.ReadString().Length == 0,
        _ => false,
    };
}
