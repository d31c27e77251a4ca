using System.Text.Json;
using BatchGateway.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Results;

/// <summary>What became of the lines of a batch.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Path">Where they were written.</param>
/// <param name="Counts">How many there are of each kind.</param>
/// <param name="Unmatched">Result lines that were left out: they name no line of the batch, or one that has a better result.</param>
internal sealed record ResultSummary(string BatchId, string Path, IReadOnlyDictionary<BatchOutcomeKind, long> Counts, long Unmatched)
{
    /// <summary>Lines that only the batch's own count tells of.</summary>
    public long Unnamed { get; init; }

    public long Lines => Counts.Values.Sum();

    public bool AllSucceeded => Counts[BatchOutcomeKind.Succeeded] == Lines && Unnamed == 0;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("batch_id", BatchId);
        json.WriteString("path", Path);
        json.WriteNumber("lines", Lines);
        foreach (BatchOutcomeKind kind in OutcomeNames.Order)
            json.WriteNumber(OutcomeNames.Of(kind), Counts[kind]);
        json.WriteNumber("unmatched", Unmatched);
        json.WriteNumber("unnamed", Unnamed);
        json.WriteEndObject();
    }

    public IRenderable View(Batch batch) => Views.Labelled()
        .Row("Batch", BatchId, new Style(decoration: Decoration.Bold))
        .Row("Status", batch.Status.ToString(), BatchViews.StyleOf(batch.Status))
        .Row("Lines", Lines == 0 ? "0" : $"{Words.Count(Lines)}: {string.Join(", ", Parts())}")
        .Row("Left out", Unmatched == 0 ? null : $"{Words.Count(Unmatched)} result lines that name no line of the batch, or one that has a better result")
        .Row("No result", Unnamed == 0 ? null : $"{Words.Count(Unnamed)} lines by the batch's own count, which cannot be named", new Style(Color.Red))
        .Row("Path", Path);

    private IEnumerable<string> Parts() => OutcomeNames.Order.Where(kind => Counts[kind] > 0).Select(kind => $"{Words.Count(Counts[kind])} {OutcomeNames.Of(kind)}");
}
