using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Lines as UTF-8 JSONL in a temporary file: checked one by one, before anything is sent, and ready to be sent as often as needed.
/// </summary>
internal sealed class RequestSpool : IAsyncDisposable
{
    private const int FlushAt = 128 << 10;

    // The limit of a file is in bytes; escaping what needs none would make it larger.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly RequestLineRules _rules = new();
    private readonly FileStream _file = TemporaryFiles.Create();

    private RequestSpool()
    {
    }

    public Stream Content => _file;

    public long LineCount { get; private set; }

    public BatchEndpoint Endpoint => _rules.Endpoint;

    public static async Task<RequestSpool> WriteAsync(IAsyncEnumerable<BatchRequestLine> lines, CancellationToken cancellationToken)
    {
        RequestSpool spool = new();
        try
        {
            await spool.WriteAllAsync(lines, cancellationToken).ConfigureAwait(false);
            return spool;
        }
        catch
        {
            await spool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async Task WriteAllAsync(IAsyncEnumerable<BatchRequestLine> lines, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> buffer = new(FlushAt * 2);
        Utf8JsonWriter writer = new(buffer, WriterOptions);
        await using (writer.ConfigureAwait(false))
        {
            await foreach (BatchRequestLine line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                Append(line, buffer, writer);
                if (buffer.WrittenCount >= FlushAt)
                    await FlushAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
        }

        if (LineCount == 0)
            throw new BatchInputException("There are no lines, so there is nothing to do. Nothing was sent.") { Rule = BatchErrorCode.EmptyFile };

        await FlushAsync(buffer, cancellationToken).ConfigureAwait(false);
        _file.Position = 0;
    }

    private void Append(BatchRequestLine line, ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer)
    {
        int start = buffer.WrittenCount;
        LineCount++;
        if (line is null)
            throw new BatchInputException($"Line {LineCount} is null. Nothing was sent.") { LineNumber = LineCount, Rule = BatchErrorCode.InvalidJsonLine };

        writer.Reset();
        try
        {
            line.WriteTo(writer);
            writer.Flush();
            _rules.Check(line, LineCount, buffer.WrittenSpan[start..]);
        }
        catch (Exception exception) when (exception is not BatchClientException)
        {
            throw new BatchInputException(
                $"Line {LineCount} ('{line.CustomId}') cannot be written as JSON that a server would read: {exception.Message} Nothing was sent.", exception)
            {
                LineNumber = LineCount,
                CustomId = line.CustomId,
                Rule = BatchErrorCode.InvalidJsonLine,
            };
        }

        buffer.Write("\n"u8);
    }

    private async Task FlushAsync(ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        await _file.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }
}
