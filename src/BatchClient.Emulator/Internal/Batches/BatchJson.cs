using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>Writes the batch object.</summary>
internal static class BatchJson
{
    public static void Write(Utf8JsonWriter json, BatchSnapshot batch, bool isOpenAI)
    {
        json.WriteStartObject();
        json.WriteString("id", batch.Id);
        json.WriteString("object", "batch");
        json.WriteString("endpoint", batch.Command.Endpoint);
        if (isOpenAI)
            json.WriteString("model", batch.Input?.Model);
        WriteErrors(json, batch);
        json.WriteString("input_file_id", batch.Command.InputFileId);
        json.WriteString("completion_window", batch.Command.CompletionWindow);
        json.WriteString("status", batch.ToldStatus ?? StatusText(batch.State));
        json.WriteString("output_file_id", batch.OutputFileId);
        json.WriteString("error_file_id", batch.ErrorFileId);
        WriteTimes(json, batch);
        WriteCounts(json, batch);
        if (isOpenAI)
            WriteUsage(json, batch.State == BatchState.Completed ? batch.Usage : TokenUsage.None);
        WriteMetadata(json, batch.Command.Metadata);
        json.WriteEndObject();
    }

    public static string StatusText(BatchState state) => state switch
    {
        BatchState.InProgress => "in_progress",
        _ => state.ToString().ToLowerInvariant(),
    };

    private static void WriteErrors(Utf8JsonWriter json, BatchSnapshot batch)
    {
        if (batch.State != BatchState.Failed || batch.Input is null)
        {
            json.WriteNull("errors");
            return;
        }

        json.WriteStartObject("errors");
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (InputError error in batch.Input.Errors)
            WriteError(json, error);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, InputError error)
    {
        json.WriteStartObject();
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteString("param", error.Param);
        if (error.Line is { } line)
            json.WriteNumber("line", line);
        else
            json.WriteNull("line");
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, BatchSnapshot batch)
    {
        BatchTimeline timeline = batch.Timeline;
        BatchState state = batch.State;
        json.WriteUnixTime("created_at", timeline.CreatedAt);
        json.WriteUnixTime("in_progress_at", WhenReached(timeline.ValidatedAt, batch, state != BatchState.Validating && state != BatchState.Failed));
        json.WriteUnixTime("expires_at", timeline.ExpiresAt);
        json.WriteUnixTime("finalizing_at", WhenReached(timeline.FinalizingAt, batch, state is BatchState.Finalizing or BatchState.Completed or BatchState.Expired));
        json.WriteUnixTime("completed_at", state == BatchState.Completed ? timeline.CompletedAt : null);
        json.WriteUnixTime("failed_at", state == BatchState.Failed ? timeline.ValidatedAt : null);
        json.WriteUnixTime("expired_at", state == BatchState.Expired ? timeline.ExpiredAt : null);
        json.WriteUnixTime("cancelling_at", timeline.CancellingAt);
        json.WriteUnixTime("cancelled_at", state == BatchState.Cancelled ? timeline.CancelledAt : null);
    }

    private static DateTimeOffset? WhenReached(DateTimeOffset time, BatchSnapshot batch, bool wasReached)
    {
        DateTimeOffset end = batch.Timeline.CancellingAt ?? (batch.State == BatchState.Expired ? batch.Timeline.ExpiresAt : DateTimeOffset.MaxValue);
        return wasReached && time <= end ? time : null;
    }

    private static void WriteCounts(Utf8JsonWriter json, BatchSnapshot batch)
    {
        bool isCounted = batch.Input is { IsValid: true };
        json.WriteStartObject("request_counts");
        json.WriteNumber("total", isCounted ? batch.Input!.Lines : 0);
        json.WriteNumber("completed", batch.Completed);
        json.WriteNumber("failed", batch.Failed);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Input);
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteNumber("total_tokens", usage.Input + usage.Output);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", usage.Cached);
        json.WriteEndObject();
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>>? metadata)
    {
        if (metadata is null)
        {
            json.WriteNull("metadata");
            return;
        }

        json.WriteStartObject("metadata");
        foreach ((string key, string value) in metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
    }
}
