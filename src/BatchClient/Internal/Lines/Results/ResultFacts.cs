using System.Text.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// What one line of a result file says, as places in its bytes: nothing is copied, and no string is made. Any shape that was met in the
/// field is read; what cannot be read is malformed, never an exception.
/// </summary>
internal struct ResultFacts
{
    // No server says this one; a status that may be null would be another word to pass around.
    private const int NoStatus = int.MinValue;
    private const int OddStatus = NoStatus + 1;

    private int _status;

    public BatchOutcomeKind Kind { get; private set; }

    /// <summary>Why the line is malformed.</summary>
    public Malformation Malformation { get; private set; }

    public JsonSlice CustomId { get; private set; }

    public JsonSlice RequestId { get; private set; }

    /// <summary>The body; the brackets of an object or an array match in number, and nothing else was looked at.</summary>
    public JsonSlice Body { get; private set; }

    /// <summary>The line's own <c>error</c>, when that is why it did not succeed.</summary>
    public JsonSlice Error { get; private set; }

    public readonly int? StatusCode => _status <= OddStatus ? null : _status;

    /// <summary>There is a status, and it is no number: an answer of which nobody knows whether it succeeded.</summary>
    public readonly bool HasOddStatus => _status == OddStatus;

    public static ResultFacts Of(LineCutter line) => line.IsTooLong ? OfBeginning(line.Line) : Of(line.Line);

    /// <summary>Of a line that is too long only the beginning is there, which says whose it is.</summary>
    public static ResultFacts OfBeginning(ReadOnlySpan<byte> beginning) => Malformed(beginning, Malformation.TooLong);

    public static ResultFacts Of(ReadOnlySpan<byte> line)
    {
        if (!Utf8Check.IsValid(line))
            return Malformed(line, Malformation.InvalidUtf8);

        ResultEnvelope envelope = new();
        if (!ResultScanner.TryScan(line, ref envelope) && !TryRead(line, out envelope))
            return Malformed(line, Malformation.NoJson);

        return envelope.IsObject ? Judge(line, envelope) : Malformed(line, Malformation.NoObject);
    }

    private static bool TryRead(ReadOnlySpan<byte> line, out ResultEnvelope envelope)
    {
        try
        {
            envelope = ResultEnvelope.Read(line);
            return true;
        }
        catch (JsonException)
        {
            envelope = default;
            return false;
        }
    }

    private static ResultFacts Malformed(ReadOnlySpan<byte> line, Malformation why) => new()
    {
        Kind = BatchOutcomeKind.Malformed,
        Malformation = why,
        CustomId = ResultEnvelope.FindCustomId(line),
        _status = NoStatus,
    };

    private static ResultFacts Judge(ReadOnlySpan<byte> line, in ResultEnvelope envelope)
    {
        ResultFacts facts = new()
        {
            CustomId = envelope.CustomId,
            RequestId = envelope.RequestId,
            Body = envelope.Body,
            _status = envelope.HasOddStatus ? OddStatus : envelope.StatusCode ?? NoStatus,
        };
        if (envelope.Error.IsThere && ErrorFacts.KindOf(envelope.Error, line) is { } kind)
            (facts.Kind, facts.Error) = (kind, envelope.Error);
        else if (!envelope.HasResponse)
            (facts.Kind, facts.Malformation) = (BatchOutcomeKind.Malformed, Malformation.SaysNothing);
        else
            facts.Kind = Succeeded(facts, envelope.Body.In(line)) ? BatchOutcomeKind.Succeeded : BatchOutcomeKind.Failed;

        return facts;
    }

    /// <summary>By the status where there is one, else by the body. Gateways have been seen to answer 200 with an error.</summary>
    private static bool Succeeded(in ResultFacts facts, ReadOnlySpan<byte> body) =>
        !facts.HasOddStatus
        && facts.StatusCode is null or (>= 200 and < 300)
        && body is not ([] or [(byte)'f', ..])
        && !ErrorFacts.IsErrorBody(body);
}
