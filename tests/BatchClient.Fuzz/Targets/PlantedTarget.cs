using System.Text.Json;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Fuzz.Targets;

/// <summary>
/// A reader with a bug, that nobody runs unless asked by name: it shows that the fuzzer can fail. It takes the first of two custom ids, and
/// the engine the last.
/// </summary>
internal sealed class PlantedTarget : Target
{
    public override string Name => "planted";

    public override int Share => 0;

    public override byte[] Make(Dice dice) => Mutator.Make(ResultLineTarget.Lines, dice);

    public override Task<string> RunAsync(byte[] input)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(input);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                Must.Equal(ResultLineParser.Parse(input, 1, 0).CustomId, FirstId(document.RootElement), "a planted bug is found");
        }
        catch (JsonException)
        {
            // Not what this is about.
        }

        return Task.FromResult(Value);
    }

    private static string? FirstId(JsonElement root)
    {
        JsonProperty first = root.EnumerateObject().FirstOrDefault(member => member.ReadName() == "custom_id");
        return first.Value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : first.Value.ReadString();
    }
}
