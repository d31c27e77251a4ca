using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Endpoints;

/// <summary>Makes a model from a successful answer, or says why it makes no sense.</summary>
internal static class AnswerReader
{
    public static Batch ReadBatch(GatewayCall call, Answer answer)
    {
        Batch batch = ReadUsual(WithoutBom(answer.Body), call.ResourceId) ?? Read(call, answer, answer.Body, BatchJsonContext.Default.Batch);
        return !string.IsNullOrEmpty(batch.Id) && !IsError(batch, batch.Object is null && batch.Status == default)
            ? batch
            : throw Senseless(call, answer, "it has no batch id");
    }

    public static BatchFile ReadFile(GatewayCall call, Answer answer)
    {
        BatchFile file = Read(call, answer, answer.Body, BatchJsonContext.Default.BatchFile);
        return !string.IsNullOrEmpty(file.Id) && !IsError(file, file.Object is null)
            ? file
            : throw Senseless(call, answer, "it has no file id");
    }

    public static ListPage<Batch> ReadBatches(GatewayCall call, Answer answer) =>
        ReadPage(call, answer, BatchJsonContext.Default.Batch, static batch => batch.Id);

    public static ListPage<BatchFile> ReadFiles(GatewayCall call, Answer answer) =>
        ReadPage(call, answer, BatchJsonContext.Default.BatchFile, static file => file.Id);

    /// <summary>
    /// What a delete says: <c>deleted</c> where it stands; an empty success is one too, and so is "not there" after a repetition.
    /// </summary>
    public static bool ReadDeleted(GatewayCall call, Answer answer)
    {
        if (answer.Status == HttpStatusCode.NotFound || answer.Body.Span.Trim(" \t\r\n"u8).IsEmpty)
            return true;

        JsonElement root = Parse(call, answer);
        if (root.TryGetMember("deleted"u8, out JsonElement deleted))
            return deleted.ValueKind == JsonValueKind.True;
        return root.TryGetMember("error"u8, out JsonElement error) && error.ValueKind != JsonValueKind.Null
            ? throw Senseless(call, answer, "it carries an error")
            : true;
    }

    private static ListPage<T> ReadPage<T>(GatewayCall call, Answer answer, JsonTypeInfo<T> type, Func<T, string> idOf) where T : GatewayModel
    {
        ReadOnlyMemory<byte> json = WithoutBom(answer.Body);
        PageEnvelope page = ReadEnvelope(call, answer, json.Span);
        if (page.Items is not { } place)
            throw Senseless(call, answer, "it is no list");

        List<T> items = ReadItems(call, answer, json[place], type, idOf);
        return new ListPage<T>
        {
            Data = items,
            FirstId = items.Count > 0 ? idOf(items[0]) : null,
            // It may be quoted when the list does not advance.
            LastId = (page.LastId ?? (items.Count > 0 ? idOf(items[^1]) : null)) is { } cursor ? answer.Clean(cursor) : null,
            HasMore = page.HasMore,
        };
    }

    private static PageEnvelope ReadEnvelope(GatewayCall call, Answer answer, ReadOnlySpan<byte> json)
    {
        try
        {
            return PageEnvelope.Read(json);
        }
        catch (JsonException exception)
        {
            throw Senseless(call, answer, "it is no JSON", exception);
        }
    }

    private static List<T> ReadItems<T>(
        GatewayCall call, Answer answer, ReadOnlyMemory<byte> array, JsonTypeInfo<T> type, Func<T, string> idOf) where T : GatewayModel
    {
        List<T> items = [];
        if (array.IsEmpty)
            return items;

        Utf8JsonReader reader = new(array.Span, LineJson.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            T item = Read(call, answer, array[start..(int)reader.BytesConsumed].ToArray(), type);
            items.Add(!string.IsNullOrEmpty(idOf(item)) ? item : throw Senseless(call, answer, $"item {items.Count + 1} of the list has no id"));
        }

        return items;
    }

    private static Batch? ReadUsual(ReadOnlyMemory<byte> json, string? expectedId)
    {
        Batch? batch = BatchScan.Read(MendedJson.Of(json), expectedId);
        if (batch is not null)
            batch.RawJson = json;
        return batch;
    }

    private static T Read<T>(GatewayCall call, Answer answer, ReadOnlyMemory<byte> json, JsonTypeInfo<T> type) where T : GatewayModel
    {
        try
        {
            T? model = JsonSerializer.Deserialize(MendedJson.Of(WithoutBom(json)).Span, type);
            if (model is null)
                throw Senseless(call, answer, "it is null");

            model.RawJson = WithoutBom(json);
            return model;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Senseless(call, answer, IsObject(WithoutBom(json).Span) ? "it has no id" : "it is no JSON object", exception);
        }
    }

    private static JsonElement Parse(GatewayCall call, Answer answer)
    {
        try
        {
            return JsonDocument.Parse(WithoutBom(answer.Body), LineJson.DocumentOptions).RootElement;
        }
        catch (JsonException exception)
        {
            throw Senseless(call, answer, "it is no JSON", exception);
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json, LineJson.ReaderOptions);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>An <c>error</c> beside an id is an error when nothing else speaks for the object.</summary>
    private static bool IsError(GatewayModel model, bool isBare) => isBare
        && model.AdditionalProperties.TryGetValue("error", out JsonElement error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String;

    private static ReadOnlyMemory<byte> WithoutBom(ReadOnlyMemory<byte> json) => json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static BatchResponseException Senseless(GatewayCall call, Answer answer, string why, Exception? cause = null)
    {
        BatchError? error = ErrorEnvelope.ReadObject(answer.SafeBody.Span) is { } read ? answer.Clean(read) : null;
        string problem = answer.Body.IsEmpty ? "it is empty"
            : answer.IsHtml ? "it is an HTML page, perhaps of a login or a proxy"
            : error is not null ? $"it carries an error ({error})"
            : why;
        return new BatchResponseException(
            $"{call.Doing} failed: the gateway answered {(int)answer.Status}, but {problem}. "
            + "Check ControlPlaneUrl and ApiPath, and the gateway itself.",
            cause is null ? null : answer.Clean(cause))
        {
            StatusCode = answer.Status,
            Error = error,
            RequestId = answer.RequestId,
            Body = answer.Text,
        };
    }
}
