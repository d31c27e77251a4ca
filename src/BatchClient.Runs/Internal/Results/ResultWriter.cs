using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BatchGateway.Internal.Files;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>Writes results as JSON lines into a file that appears under its name whole or not at all. Answers are copied byte for byte.</summary>
internal sealed class ResultWriter : IAsyncDisposable
{
    private const int FlushAt = 256 << 10;

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly NewFile _file;
    private readonly FileStream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<int, byte[]> _batchIds;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="shards">All shards of the run, for the ids of their batches.</param>
    public ResultWriter(string path, IEnumerable<ShardRow> shards)
    {
        _batchIds = shards.ToDictionary(shard => shard.Number, shard => JsonOf(shard.BatchId));
        _json = new Utf8JsonWriter(_buffer, Options);
        _file = new NewFile(path);
        _stream = _file.Open();
    }

    /// <summary>How many lines were written.</summary>
    public long Lines { get; private set; }

    /// <summary>Writes a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="result">What stands at the place of its outcome.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public ValueTask WriteAsync(in LineResult line, ReadOnlyMemory<byte> result, CancellationToken cancellationToken)
    {
        Append(line.CustomId.Span, line.Outcome, result.Span);
        Lines++;
        return _buffer.WrittenCount < FlushAt ? ValueTask.CompletedTask : FlushAsync(cancellationToken);
    }

    /// <summary>Makes the file durable and gives it its name.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await Task.Run(Publish, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    private void Publish()
    {
        _stream.Flush(flushToDisk: true);
        _file.Publish();
        DurableFolder.Flush(Path.GetDirectoryName(_file.Path)!);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }

    private void Append(ReadOnlySpan<byte> customId, in LineOutcome outcome, ReadOnlySpan<byte> result)
    {
        _buffer.Write("{\"custom_id\":"u8);
        AppendText(customId);
        _buffer.Write(",\"outcome\":"u8);
        _buffer.Write(NameOf(outcome.Kind));
        _buffer.Write(",\"attempts\":"u8);
        AppendNumber(outcome.Attempt);
        _buffer.Write(",\"batch_id\":"u8);
        _buffer.Write(_batchIds[outcome.Shard]);
        _buffer.Write(",\"status_code\":"u8);
        AppendNumber(outcome.StatusCode);
        _buffer.Write(",\"response\":"u8);
        if (outcome.Kind == BatchOutcomeKind.Succeeded)
            AppendAnswer(result);
        else
            AppendFailure(StoredResult.ToLine(customId, outcome, result));
        _buffer.Write("}\n"u8);
    }

    private void AppendAnswer(ReadOnlySpan<byte> result)
    {
        ResultFacts facts = ResultFacts.Of(result);
        if (facts.Kind != BatchOutcomeKind.Succeeded)
            throw new InvalidDataException("A result is not what it was when it was read first. Something else has changed the files of the run.");

        _buffer.Write(facts.Body.In(result));
        _buffer.Write(",\"error\":null"u8);
    }

    private void AppendFailure(BatchResultLine line)
    {
        // Of what is malformed nothing goes into a file whose lines are good.
        bool hasBody = line.Kind != BatchOutcomeKind.Malformed && !line.Body.IsEmpty && LineJson.IsValid(line.Body.Span);
        _buffer.Write(hasBody ? line.Body.Span : "null"u8);
        _buffer.Write(",\"error\":"u8);
        _json.Reset();
        ErrorJson.Write(_json, line.Error!);
        _json.Flush();
    }

    private void AppendText(ReadOnlySpan<byte> text)
    {
        _json.Reset();
        _json.WriteStringValue(text);
        _json.Flush();
    }

    private void AppendNumber(int? number)
    {
        if (number is not { } value)
        {
            _buffer.Write("null"u8);
            return;
        }

        const int mostDigits = 11;
        value.TryFormat(_buffer.GetSpan(mostDigits), out int written, provider: CultureInfo.InvariantCulture);
        _buffer.Advance(written);
    }

    private static byte[] JsonOf(string? batchId) =>
        batchId is null ? [.. "null"u8] : [(byte)'"', .. JsonEncodedText.Encode(batchId, Options.Encoder).EncodedUtf8Bytes, (byte)'"'];

    private static ReadOnlySpan<byte> NameOf(BatchOutcomeKind kind) => kind switch
    {
        BatchOutcomeKind.Succeeded => "\"succeeded\""u8,
        BatchOutcomeKind.Failed => "\"failed\""u8,
        BatchOutcomeKind.Expired => "\"expired\""u8,
        BatchOutcomeKind.Cancelled => "\"cancelled\""u8,
        BatchOutcomeKind.Malformed => "\"malformed\""u8,
        _ => "\"missing\""u8,
    };
}
