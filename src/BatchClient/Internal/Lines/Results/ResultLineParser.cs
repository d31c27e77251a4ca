using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>Makes a result line from what <see cref="ResultFacts"/> found in its bytes.</summary>
internal static class ResultLineParser
{
    public static BatchResultLine Parse(LineCutter line) => Make(ResultFacts.Of(line), line.Line.ToArray(), line.Number, line.Offset);

    public static BatchResultLine Parse(ReadOnlyMemory<byte> bytes, long number, long offset) =>
        Make(ResultFacts.Of(bytes.Span), bytes, number, offset);

    /// <summary>A line that is too long, from its beginning.</summary>
    public static BatchResultLine ParseBeginning(ReadOnlyMemory<byte> beginning, long number, long offset) =>
        Make(ResultFacts.OfBeginning(beginning.Span), beginning, number, offset);

    private static BatchResultLine Make(in ResultFacts facts, ReadOnlyMemory<byte> bytes, long number, long offset) => new()
    {
        Raw = bytes,
        Kind = facts.Kind,
        CustomId = facts.CustomId.TextIn(bytes.Span),
        StatusCode = facts.StatusCode,
        RequestIdSlice = facts.RequestId,
        Error = facts.Kind == BatchOutcomeKind.Succeeded ? null : ErrorOf(facts, bytes.Span),
        Body = facts.Body.In(bytes),
        LineNumber = number,
        Offset = offset,
    };

    private static BatchError ErrorOf(in ResultFacts facts, ReadOnlySpan<byte> line)
    {
        if (facts.Malformation != Malformation.None)
            return new BatchError { Message = Describe(facts.Malformation, line) };
        if (facts.Error.IsThere)
            return OwnError(facts.Error, line);

        bool hasBody = facts.Body.In(line) is not ([] or [(byte)'f', ..]);
        return (hasBody ? ErrorEnvelope.Read(facts.Body.In(line)) : null) ?? new BatchError
        {
            Message = facts.HasOddStatus ? "the answer has a status that is no number"
                : facts.StatusCode is null or (>= 200 and < 300) ? "the answer has no body"
                : $"the line was answered with status {facts.StatusCode}",
        };
    }

    /// <summary>An error as an object, a string, or nested in another <c>error</c>.</summary>
    private static BatchError OwnError(JsonSlice slice, ReadOnlySpan<byte> line)
    {
        Utf8JsonReader reader = new(slice.JsonIn(line), LineJson.ReaderOptions);
        BatchError error = BatchErrorsJson.ReadOne(ErrorEnvelope.Innermost(JsonElement.ParseValue(ref reader)))!;
        return error.Message is { } message ? error with { Message = ErrorEnvelope.Shorten(message) } : error;
    }

    private static string Describe(Malformation malformation, ReadOnlySpan<byte> line) => malformation switch
    {
        Malformation.TooLong => $"the line {LineCutter.TooLongProblem}",
        Malformation.InvalidUtf8 => "the line is no valid UTF-8",
        Malformation.NoObject => "the line is no JSON object",
        Malformation.SaysNothing => "the line has neither a response nor an error",
        _ => $"the line is no JSON ({WhyNoJson(line)})",
    };

    private static string WhyNoJson(ReadOnlySpan<byte> line)
    {
        try
        {
            ResultEnvelope.Read(line);
            return "it cannot be read";
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }
}
