using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>Runs the lines of one valid input file, as far as it is told to; the input is read on from where it stopped.</summary>
internal sealed class BatchRun(string inputPath, Func<EmulatedRequest, EmulatedResponse> respond, Bill bill, ResultFile output, ResultFile errors)
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

    /// <summary>Ends the run; lines that were not done go to the error file.</summary>
    public void Finish(int lines, string code, string message)
    {
        if (lines > Done)
            ReadOn(lines, (number, line) => errors.Add(ResultLine.Unanswered(NewId(), line.StringOrNull("custom_id")!, code, message)));
        output.Flush();
        errors.Flush();
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
        EmulatedRequest request = new(number, line.StringOrNull("custom_id")!, line.StringOrNull("url")!, line.GetProperty("body"));
        EmulatedResponse response = Ask(request);
        switch (response.Fate)
        {
            case LineFate.Unanswered:
                Failed++;
                errors.Add(ResultLine.Unanswered(NewId(), request.CustomId, response.UnansweredCode!, response.UnansweredMessage!));
                break;
            case LineFate.Vanished:
                Completed++;
                bill.Charge(request.CustomId);
                break;
            default:
                Answered(request.CustomId, response);
                break;
        }
    }

    private void Answered(string customId, EmulatedResponse response)
    {
        using JsonDocument? body = ParseOrNull(response.Body);
        byte[] line = ResultLine.Answered(NewId(), customId, response.StatusCode, body?.RootElement, response.Body);
        if (response.StatusCode >= 400)
        {
            Failed++;
            errors.Add(line);
            return;
        }

        Completed++;
        output.Add(line);
        bill.Charge(customId);
        if (body is not null)
            Usage = Usage.Plus(body.RootElement);
    }

    // A responder is a test's code: its exception must be seen in the results, and must not wedge the batch.
    private EmulatedResponse Ask(EmulatedRequest request)
    {
        try
        {
            return respond(request);
        }
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return EmulatedResponse.Error(500, "responder_failed", $"The emulator's responder failed: {exception}");
        }
    }

    private static JsonDocument? ParseOrNull(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}
