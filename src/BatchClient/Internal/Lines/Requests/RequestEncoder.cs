using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Writes lines as UTF-8 JSONL into a buffer, one by one, and checks each: nothing is sent before its line is known to be good. Whoever has
/// it empties the buffer.
/// </summary>
internal sealed class RequestEncoder : IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly RequestLineRules _rules;
    private readonly Utf8JsonWriter _writer;

    /// <summary>Makes one with an empty buffer. The rules belong to the caller.</summary>
    public RequestEncoder(RequestLineRules rules)
    {
        _rules = rules;
        _writer = new Utf8JsonWriter(Buffer, WriterOptions);
    }

    /// <summary>The lines that were not taken out yet, each with its line feed.</summary>
    public ArrayBufferWriter<byte> Buffer { get; } = new(RequestWriter.FlushAt * 2);

    /// <summary>Writes a line behind those in the buffer.</summary>
    /// <returns>What it says; its bytes are the last ones in the buffer.</returns>
    /// <exception cref="BatchInputException">The line cannot be sent; the buffer is as it was before.</exception>
    public RequestLine Append(BatchRequestLine? line)
    {
        int start = Buffer.WrittenCount;
        long number = _rules.NextNumber();
        if (line is null)
            throw _rules.Broken(BatchErrorCode.InvalidJsonLine, number, null, "is null");

        try
        {
            RequestFacts facts = Encode(line, start, number);
            ReadOnlySpan<byte> json = Buffer.WrittenSpan[start..];
            _rules.Check(facts, json, number);
            Buffer.Write("\n"u8);
            return new RequestLine(number, start, Buffer.WrittenCount - start, facts);
        }
        catch (Exception exception)
        {
            Truncate(start);
            if (exception is BatchInputException)
                throw;
            throw _rules.Broken(
                BatchErrorCode.InvalidJsonLine,
                number,
                IdOf(line, number),
                $"cannot be written as JSON that a server would read: {exception.Message.TrimEnd('.')}",
                exception);
        }
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Writes a text with its quotes.</summary>
    /// <returns>Where it stands in the line.</returns>
    public static JsonSlice WriteText(ArrayBufferWriter<byte> buffer, int lineStart, ReadOnlySpan<char> text)
    {
        int start = buffer.WrittenCount;
        JsonText.Write(buffer, text);
        int length = buffer.WrittenCount - start - 2;
        ReadOnlySpan<byte> written = buffer.WrittenSpan.Slice(start + 1, length);
        return new JsonSlice(start + 1 - lineStart, length, isString: true, written.Contains((byte)'\\'));
    }

    private RequestFacts Encode(BatchRequestLine line, int start, long number)
    {
        if (line.Json is { } json)
        {
            Buffer.Write(json.Span);
            return RequestFacts.Of(json.Span);
        }

        _rules.CheckText(line.CustomId, number);
        RequestFacts facts = default;
        WriteEnvelope(line, start, number, ref facts);
        if (line.Plain is { } chat)
        {
            chat.Write(Buffer, start, ref facts);
            Buffer.Write("}"u8);
            return facts;
        }

        _writer.Reset();
        line.WriteBody(_writer);
        _writer.Flush();
        Buffer.Write("}"u8);
        return RequestFacts.Of(Buffer.WrittenSpan[start..]);
    }

    private void WriteEnvelope(BatchRequestLine line, int start, long number, ref RequestFacts facts)
    {
        Buffer.Write("{\"custom_id\":"u8);
        facts.CustomId = WriteText(Buffer, start, IdOf(line, number));
        if (line.Endpoint != default)
        {
            Buffer.Write(",\"method\":"u8);
            facts.Method = WriteText(Buffer, start, "POST");
            Buffer.Write(",\"url\":"u8);
            facts.Url = WriteText(Buffer, start, line.Endpoint.ToString());
        }

        Buffer.Write(",\"body\":"u8);
    }

    private static string? IdOf(BatchRequestLine line, long number) =>
        line.CustomId ?? (line.Json is null ? BatchRequestLine.NumberedId(number) : null);

    /// <summary>Takes back what a bad line has left, so that the lines before it can still be used.</summary>
    private void Truncate(int length)
    {
        byte[] kept = Buffer.WrittenSpan[..length].ToArray();
        Buffer.ResetWrittenCount();
        Buffer.Write(kept);
    }
}
