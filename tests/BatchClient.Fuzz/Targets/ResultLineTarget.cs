using System.Text;
using System.Text.Json;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Internal.Lines;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Result lines, by the fast engine and by a slow reading of whole documents: both must say the same.</summary>
internal sealed class ResultLineTarget : Target
{
    public override string Name => "result-lines";

    public override int Share => 220;

    public override byte[] Make(Dice dice) => [.. Mutator.Make(Lines, dice).Where(b => b != (byte)'\n')];

    /// <summary>The lines of the fixtures, and the usual shapes.</summary>
    public static byte[][] Lines { get; } =
    [
        .. Corpus.Of("ResultLines").SelectMany(file => Encoding.UTF8.GetString(file).Split('\n')).Where(line => line.Length > 0).Select(Corpus.Utf8),
        Corpus.Utf8("""{"id":"r","custom_id":"a","response":{"status_code":200,"request_id":"q","body":{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}},"error":null}"""),
        Corpus.Utf8("""{"custom_id":"b","response":null,"error":{"code":"batch_expired","message":"m"}}"""),
        Corpus.Utf8("""{"custom_id":"c","response":{"status_code":429,"body":{"error":{"message":"slow down","code":"rate_limit"}}}}"""),
        Corpus.Utf8("""{"custom_id":"d","error":{"error":{"error":{"code":"batch_cancelled"}}}}"""),
        Corpus.Utf8("""{"custom_id":"e","response":{"status_code":"200","body":[{"error":{"message":"m"}}]}}"""),
        Corpus.Utf8("""{"custom_id":"f","response":{"body":{"status":"failure","message":"no"}},"x":{"response":{"body":1}}}"""),
    ];

    public override Task<string> RunAsync(byte[] input)
    {
        BatchResultLine fast = ResultLineParser.Parse(input, 1, 0), slow = ReferenceParser.Parse(input);
        Compare(fast, slow);
        Must.Hold(fast.Raw.Span.SequenceEqual(input), "the raw line is what came", Must.Excerpt(Encoding.UTF8.GetString(fast.Raw.Span)));
        Ask(fast);
        return Task.FromResult(fast.Kind == BatchOutcomeKind.Malformed ? "malformed" : Value);
    }

    public static void Compare(BatchResultLine fast, BatchResultLine slow)
    {
        // The engine passes over a body that only looks like one, or is too deep; the document is no JSON then.
        if (fast.Kind != BatchOutcomeKind.Malformed && slow.Kind == BatchOutcomeKind.Malformed && !LineJson.IsValid(fast.Raw.Span))
            return;

        Must.Equal($"{fast.Kind}", $"{slow.Kind}", "fast and slow see the same kind");
        Must.Equal(fast.CustomId, slow.CustomId, "fast and slow see the same custom id");
        Must.Equal($"{fast.StatusCode}", $"{slow.StatusCode}", "fast and slow see the same status");
        Must.Equal(fast.RequestId, slow.RequestId, "fast and slow see the same request id");
        Must.Hold(fast.Body.Span.SequenceEqual(slow.Body.Span), "fast and slow see the same body", Must.Excerpt(Encoding.UTF8.GetString(fast.Body.Span)));
        Must.Hold(fast.Error is null == slow.Error is null, "fast and slow see an error", $"{fast.Error}");
        if (fast.Kind == BatchOutcomeKind.Malformed || fast.Error is null)
            return;

        Must.Equal(fast.Error.Code.ToString(), slow.Error!.Code.ToString(), "fast and slow see the same code");
        if (slow.Error.Message is not { Length: > 2000 })
            Must.Equal(fast.Error.Message, slow.Error.Message, "fast and slow see the same message");
    }

    private static void Ask(BatchResultLine line)
    {
        _ = line.ChatText;
        Must.Hold(line.Kind == BatchOutcomeKind.Succeeded == line.Error is null, "what failed says why", line.ToString());
        try
        {
            _ = line.ReadBody(JsonMetadata.Element);
        }
        catch (JsonException)
        {
            // The documented end of a body that is no JSON.
        }
    }
}
