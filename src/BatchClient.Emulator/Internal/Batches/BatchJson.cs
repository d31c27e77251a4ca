using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>Writes the batch object, in a personality's words.</summary>
internal sealed class BatchJson(Habits habits)
{
    public void Write(Utf8JsonWriter json, BatchSnapshot batch)
    {
        json.WriteStartObject();
        foreach (string member in habits.BatchMembers)
            WriteMember(json, member, batch);
        json.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter json, string member, BatchSnapshot batch)
    {
        switch (member)
        {
            case "errors":
                WriteErrors(json, batch);
                break;
            case "request_counts":
                WriteCounts(json, batch);
                break;
            case "usage":
                WriteUsage(json, batch.State == BatchState.Completed ? batch.Usage : TokenUsage.None);
                break;
            case "metadata":
                WriteMetadata(json, batch.Command.Metadata);
                break;
            case string time when time.EndsWith("_at", StringComparison.Ordinal):
                WriteTime(json, time, BatchTimes.Of(time, batch));
                break;
            default:
                json.WriteString(member, TextOf(member, batch));
                break;
        }
    }

    private string? TextOf(string member, BatchSnapshot batch) => member switch
    {
        "id" => batch.Id,
        "object" => "batch",
        "endpoint" => batch.Command.Endpoint,
        "model" => batch.Input?.Model,
        "input_file_id" => batch.Command.InputFileId,
        "completion_window" => batch.Command.CompletionWindow,
        "status" => batch.ToldStatus ?? habits.Status(batch.State),
        "output_file_id" => batch.OutputFileId ?? habits.NoFileId,
        "error_file_id" => batch.ErrorFileId ?? habits.NoFileId,
        _ => throw new ArgumentOutOfRangeException(nameof(member), member, "A batch has no such member."),
    };

    private void WriteTime(Utf8JsonWriter json, string member, DateTimeOffset? time)
    {
        if (time is { } at)
            habits.BatchTime(at).WriteTo(json, member);
        else
            json.WriteNull(member);
    }

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
        WriteCount(json, "line", error.Line);
        json.WriteEndObject();
    }

    private void WriteCounts(Utf8JsonWriter json, BatchSnapshot batch)
    {
        bool isTold = habits.CountsBeforeTheEnd || batch.State.IsEnd();
        bool isCounted = batch.Input is { IsValid: true };
        json.WriteStartObject("request_counts");
        WriteCount(json, "total", isTold ? (isCounted ? batch.Input!.Lines : 0) : null);
        WriteCount(json, "completed", isTold ? batch.Completed : null);
        WriteCount(json, "failed", isTold ? batch.Failed : null);
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, string name, int? count)
    {
        if (count is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
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
