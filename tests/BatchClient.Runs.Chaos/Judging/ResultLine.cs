using System.Text.Json;

namespace BatchGateway.Runs.Chaos.Judging;

/// <summary>A line of the run's result file: all of it but the batch, whose id is another one in every run.</summary>
internal sealed record ResultLine(string CustomId, string Outcome, int Attempts, int? StatusCode, string Response, string Error)
{
    public bool Succeeded => Outcome == "succeeded";

    /// <summary>The lines of a result file, in its order.</summary>
    public static IReadOnlyList<ResultLine> ReadFile(string path) => [.. File.ReadLines(path).Select(Parse)];

    public static ResultLine Parse(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new ResultLine(
            root.GetProperty("custom_id").GetString()!,
            root.GetProperty("outcome").GetString()!,
            root.GetProperty("attempts").GetInt32(),
            root.GetProperty("status_code") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : null,
            root.GetProperty("response").GetRawText(),
            root.GetProperty("error").GetRawText());
    }
}
