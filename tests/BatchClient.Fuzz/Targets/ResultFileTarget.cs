using BatchGateway.Fuzz.Inputs;
using BatchGateway.Tests.Internal.Lines;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Whole result files: one line out for every line in, whatever stands in it and however it comes.</summary>
internal sealed class ResultFileTarget : Target
{
    public override string Name => "result-files";

    public override int Share => 50;

    public override byte[] Make(Dice dice) => LineFile.Make(ResultLineTarget.Lines, dice);

    public override async Task<string> RunAsync(byte[] input)
    {
        List<byte[]> expected = Split(input);
        int count = 0;
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(new PieceStream(input, piece: 7 + (input.Length % 61))).ConfigureAwait(false))
        {
            Must.Hold(count < expected.Count, "one line out for every line in", $"more than {expected.Count}");
            Must.Hold(line.Raw.Span.SequenceEqual(expected[count]), "the raw line is what came", $"line {line.LineNumber}");
            ResultLineTarget.Compare(line, ReferenceParser.Parse(expected[count]));
            count++;
        }

        Must.Hold(count == expected.Count, "one line out for every line in", $"{count} of {expected.Count}");
        return Value;
    }

    /// <summary>The lines that say something, as plainly as it can be written.</summary>
    private static List<byte[]> Split(ReadOnlySpan<byte> input)
    {
        List<byte[]> lines = [];
        while (!input.IsEmpty)
        {
            int end = input.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? input : input[..end];
            input = end < 0 ? [] : input[(end + 1)..];
            if (line.StartsWith("\uFEFF"u8))
                line = line[3..];
            if (line is [.., (byte)'\r'])
                line = line[..^1];
            if (!line.Trim(" \t"u8).IsEmpty)
                lines.Add(line.ToArray());
        }

        return lines;
    }
}
