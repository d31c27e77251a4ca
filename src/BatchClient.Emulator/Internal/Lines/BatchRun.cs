using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>Runs the lines of one valid input file, as far as it is told to; the input is read on from where it stopped.</summary>
internal sealed class BatchRun(string inputPath, EmulatorScript script, Bill bill, ResultFile output, ResultFile errors)
{
    private long _offset;

    public int Done { get; private set; }

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    public TokenUsage Usage { get; private set; } = TokenUsage.None;

    /// <summary>Runs lines until so many are done.</summary>
    public void RunTo(int lines)
    {
        if (lines > Done)
            ReadOn(lines, RunLine);
    }

    /// <summary>Ends the run; this becomes of the lines that were not done.</summary>
    public void Finish(int lines, EmulatedResponse notRun)
    {
        if (lines > Done)
            ReadOn(lines, (_, line) => Write(line.StringOrNull("custom_id")!, notRun, body: null));
        output.Finish();
        errors.Finish();
    }

    private void ReadOn(int lines, Action<int, JsonElement> handle)
    {
        using JsonlReader reader = new(inputPath, _offset);
        while (Done < lines && reader.TryRead(out ReadOnlyMemory<byte> line))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            Done++;
            handle(Done, document.RootElement);
        }

        _offset = reader.Offset;
    }

    private void RunLine(int number, JsonElement line)
    {
        string customId = line.StringOrNull("custom_id")!;
        EmulatedRequest request = new(number, customId, line.StringOrNull("url")!, line.GetProperty("body")) { Attempt = bill.CountRun(customId) };
        EmulatedResponse response = Ask(request);
        using JsonDocument? body = ParseOrNull(response);

        Count(response);
        if (response.IsBilled)
            bill.Charge(customId);
        if (response is { Fate: LineFate.Answered, Succeeded: true } && body is not null)
            Usage = Usage.Plus(body.RootElement);
        if (response.IsInAFile)
            Write(customId, response, body?.RootElement);
    }

    // A line that was not run counts as neither, as with real batches that expired.
    private void Count(EmulatedResponse response)
    {
        if (response.Succeeded)
            Completed++;
        else if (response.Fate != LineFate.NotRun)
            Failed++;
    }

    private void Write(string customId, EmulatedResponse response, JsonElement? body)
    {
        ResultFile file = response.Succeeded ? output : errors;
        file.Add(ResultEntry.Write(file.NextId(response), customId, response, body), response);
    }

    // A script's functions are a test's code: an exception must be seen in the results, and must not wedge the batch.
    private EmulatedResponse Ask(EmulatedRequest request)
    {
        try
        {
            return script.Answer(request) ?? throw new InvalidOperationException("It returned null.");
        }
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return EmulatedResponse.Error(500, "responder_failed", $"The emulator's responder failed: {exception}");
        }
    }

    private static JsonDocument? ParseOrNull(EmulatedResponse response)
    {
        if (response.Fate != LineFate.Answered)
            return null;
        try
        {
            JsonDocument body = JsonDocument.Parse(response.Body);
            if (IsUnicode(body, response.Body))
                return body;
            body.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // The second of them is half a surrogate pair.
            return null;
        }
    }

    // The parser lets an escaped half of a surrogate pair through, and nothing can write it again.
    private static bool IsUnicode(JsonDocument body, string text)
    {
        if (!text.Contains("\\u", StringComparison.Ordinal))
            return true;
        try
        {
            using Utf8JsonWriter nowhere = new(Stream.Null);
            body.WriteTo(nowhere);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
