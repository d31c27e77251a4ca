using System.Text.Json;
using BatchGateway.Cli.Results;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Running;

/// <summary>Runs, for programs.</summary>
internal static class RunDocuments
{
    /// <summary>What became of a run.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="summary">The run.</param>
    /// <param name="path">Where its results are; null when they were not written.</param>
    public static void Write(Utf8JsonWriter json, BatchRunSummary summary, string? path)
    {
        json.WriteStartObject();
        json.WriteString("name", summary.Name);
        json.WriteString("status", StatusOf(summary.Status));
        WriteOutcomes(json, summary.Lines, summary.Outcomes);
        json.WriteNumber("duplicates", summary.Duplicates);
        json.WriteNumber("batches", summary.Batches);
        json.WriteNumber("attempts", summary.Attempts);
        json.WriteNumber("input_tokens", summary.InputTokens);
        json.WriteNumber("output_tokens", summary.OutputTokens);
        if (summary.Cost is { } cost)
            json.WriteNumber("cost", cost);
        else
            json.WriteNull("cost");
        json.WriteNumber("unpriced_lines", summary.UnpricedLines);
        WriteTimes(json, summary.CreatedAt, summary.EndedAt);
        json.WriteString("path", path);
        json.WriteStartArray("notices");
        foreach (string notice in summary.Notices)
            json.WriteStringValue(RunWords.WithoutMethods(notice));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, IEnumerable<BatchRunInfo> runs)
    {
        json.WriteStartArray();
        foreach (BatchRunInfo run in runs)
        {
            json.WriteStartObject();
            WriteBeginning(json, run);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, BatchRunInfo run)
    {
        json.WriteStartObject();
        WriteBeginning(json, run);
        json.WriteStartArray("shards");
        foreach (BatchShardInfo shard in run.Shards)
            Write(json, shard);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BatchShardInfo shard)
    {
        json.WriteStartObject();
        json.WriteNumber("shard", shard.Number);
        json.WriteNumber("attempt", shard.Attempt);
        if (shard.Parent is { } parent)
            json.WriteNumber("parent", parent);
        else
            json.WriteNull("parent");
        json.WriteString("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(shard.Status.ToString()));
        json.WriteNumber("lines", shard.Lines);
        json.WriteNumber("bytes", shard.Bytes);
        json.WriteNumber("estimated_tokens", shard.EstimatedTokens);
        json.WriteString("input_file_id", shard.InputFileId);
        json.WriteString("intent", shard.Intent);
        json.WriteString("batch_id", shard.BatchId);
        json.WriteString("batch_status", shard.BatchStatus == default ? null : shard.BatchStatus.ToString());
        json.WriteString("problem", RunWords.Problem(shard));
        json.WriteEndObject();
    }

    private static void WriteBeginning(Utf8JsonWriter json, BatchRunInfo run)
    {
        json.WriteString("name", run.Name);
        json.WriteString("status", StatusOf(run.Status));
        WriteOutcomes(json, run.Lines, run.Outcomes);
        WriteTimes(json, run.CreatedAt, run.EndedAt);
    }

    private static void WriteOutcomes(Utf8JsonWriter json, long lines, IReadOnlyDictionary<BatchOutcomeKind, long> outcomes)
    {
        json.WriteNumber("lines", lines);
        foreach (BatchOutcomeKind kind in OutcomeNames.Order)
            json.WriteNumber(OutcomeNames.Of(kind), outcomes.GetValueOrDefault(kind));
    }

    private static void WriteTimes(Utf8JsonWriter json, DateTimeOffset created, DateTimeOffset? ended)
    {
        json.WriteString("created_at", created.UtcDateTime);
        if (ended is { } end)
            json.WriteString("ended_at", end.UtcDateTime);
        else
            json.WriteNull("ended_at");
    }

    private static string StatusOf(BatchRunStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
