using System.Text.Encodings.Web;
using System.Text.Json;

namespace BatchGateway.Cli.Results;

/// <summary>Outcomes as JSON lines, in the form that a run writes them in. The file appears under its name whole or not at all.</summary>
internal sealed class ResultFile : IAsyncDisposable
{
    private static readonly JsonWriterOptions Compact = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private readonly string _temporary;
    private readonly string _batchId;
    private readonly FileStream _stream;
    private readonly Utf8JsonWriter _json;

    public ResultFile(string path, string batchId)
    {
        _path = path;
        _temporary = $"{path}.{Guid.NewGuid():N}.part";
        _batchId = batchId;
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        _json = new Utf8JsonWriter(_stream, Compact);
    }

    /// <summary>How many outcomes there are of each kind.</summary>
    public Dictionary<BatchOutcomeKind, long> Counts { get; } = Enum.GetValues<BatchOutcomeKind>().ToDictionary(kind => kind, _ => 0L);

    public void Add(BatchOutcome<string, BatchResultLine> outcome)
    {
        Counts[outcome.Kind]++;
        _json.WriteStartObject();
        _json.WriteString("custom_id", outcome.CustomId);
        _json.WriteString("outcome", OutcomeNames.Of(outcome.Kind));
        _json.WriteNumber("attempts", 1);
        _json.WriteString("batch_id", _batchId);
        WriteStatus(outcome.Line?.StatusCode);
        WriteResponse(outcome);
        WriteError(outcome.Succeeded ? null : outcome.Error ?? new BatchError());
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _stream.WriteByte((byte)'\n');
    }

    /// <summary>Gives the file its name. What stood there before is replaced.</summary>
    public void Publish()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        File.Delete(_temporary);
    }

    private void WriteStatus(int? status)
    {
        if (status is { } code)
            _json.WriteNumber("status_code", code);
        else
            _json.WriteNull("status_code");
    }

    /// <summary>The answer as it came. Of what is malformed nothing goes into a file whose lines are good.</summary>
    private void WriteResponse(BatchOutcome<string, BatchResultLine> outcome)
    {
        _json.WritePropertyName("response");
        if (outcome is { Kind: not BatchOutcomeKind.Malformed, Line.Body: { IsEmpty: false } body } && (outcome.Succeeded || IsJson(body)))
            _json.WriteRawValue(body.Span, skipInputValidation: true);
        else
            _json.WriteNullValue();
    }

    private void WriteError(BatchError? error)
    {
        if (error is null)
        {
            _json.WriteNull("error");
            return;
        }

        _json.WriteStartObject("error");
        if (error.Code != default)
            _json.WriteString("code", error.Code.ToString());
        _json.WriteString("message", error.Message ?? error.Code.ToString());
        if (error.Param is not null)
            _json.WriteString("param", error.Param);
        if (error.Type is not null)
            _json.WriteString("type", error.Type);
        if (error.Line is { } line)
            _json.WriteNumber("line", line);
        _json.WriteEndObject();
    }

    private static bool IsJson(ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
