using System.Text;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>A result as it lies in a blob, read again.</summary>
internal static class StoredResult
{
    private static readonly BatchError NoReason = new() { Message = "no result says anything about the line" };

    /// <summary>The result line of an input line.</summary>
    /// <param name="customId">The custom id that the input line has.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="bytes">What stands at the outcome's place; they are copied.</param>
    public static BatchResultLine ToLine(ReadOnlySpan<byte> customId, in LineOutcome outcome, ReadOnlySpan<byte> bytes)
    {
        string id = Encoding.UTF8.GetString(customId);
        if (bytes.IsEmpty)
            return new BatchResultLine { CustomId = id, Kind = outcome.Kind, StatusCode = outcome.StatusCode, Error = NoReason };

        BatchResultLine line = ResultLineParser.Parse(bytes.ToArray(), number: 0, outcome.Offset);
        if (ResultBlob.IsOwn(outcome.File))
            return line with { CustomId = id, Kind = outcome.Kind, Raw = default };
        if (line.Kind == outcome.Kind)
            return line with { CustomId = id };

        BatchError error = line.Error ?? new BatchError { Message = "the body of the answer is no JSON" };
        return line with { CustomId = id, Kind = outcome.Kind, Error = error };
    }
}
