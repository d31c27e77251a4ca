using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The <c>x-tfy-metadata</c> header: a JSON object of short strings, as text.</summary>
internal static class GatewayMetadata
{
    private const int LongestValue = 128;

    /// <summary>Refuses a header that is there and malformed.</summary>
    public static void Require(string? header)
    {
        if (header is not null && WhatIsWrong(header) is { } wrong)
            throw new RefusedException(400, $"Invalid header {GatewayHeaderNames.Metadata}: {wrong}", GatewayHeaderNames.Metadata);
    }

    private static string? WhatIsWrong(string header)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(header);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().Select(WhatIsWrong).FirstOrDefault(wrong => wrong is not null)
                : "it must be a JSON object.";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second of them is half a surrogate pair, which the parser lets through and no string can hold.
            return "it must be JSON.";
        }
    }

    private static string? WhatIsWrong(JsonProperty pair)
    {
        if (pair.Value.ValueKind != JsonValueKind.String)
            return $"the value of '{pair.Name}' is not a string.";
        int length = pair.Value.GetString()!.Length;
        return length <= LongestValue ? null : $"the value of '{pair.Name}' has {length} characters, the limit is {LongestValue}.";
    }
}
