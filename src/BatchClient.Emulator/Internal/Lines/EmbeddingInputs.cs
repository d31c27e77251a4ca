using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>How many texts an <c>input</c> for embeddings holds.</summary>
internal static class EmbeddingInputs
{
    /// <summary>An array is many inputs, except an array of token numbers, which is one.</summary>
    public static bool AreMany(JsonElement input) =>
        input.ValueKind == JsonValueKind.Array && input.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Number);

    public static int Count(JsonElement input) => AreMany(input) ? input.GetArrayLength() : 1;
}
