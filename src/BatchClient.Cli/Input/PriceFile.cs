using System.Text.Json;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Input;

/// <summary>Prices by model: <c>{ "gpt-4o-mini": { "inputPerMillion": 0.075, "outputPerMillion": 0.30 } }</c>.</summary>
internal static class PriceFile
{
    private const string Example = """{ "MODEL": { "inputPerMillion": 0.075, "outputPerMillion": 0.30 } }""";

    /// <exception cref="ReportedException">It is not there, or not as it should be.</exception>
    public static IReadOnlyDictionary<string, TokenPrice> Read(string path)
    {
        if (!File.Exists(path))
            throw ReportedException.Usage($"There is no price file '{path}'.", $"Write one: {Example}");

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), PriceJson.Default.DictionaryStringTokenPrice) ?? [];
        }
        catch (JsonException problem)
        {
            throw ReportedException.Usage($"The price file '{path}' cannot be read: line {(problem.LineNumber ?? 0) + 1} is not as it should be.", $"Write it so: {Example}");
        }
    }
}
