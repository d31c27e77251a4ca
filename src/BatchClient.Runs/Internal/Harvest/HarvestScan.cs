using BatchGateway.Internal.Lines;
using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>Takes note of what one result file says of the lines of a shard.</summary>
internal sealed class HarvestScan(HarvestTable table, RetryRules rules, int file, bool isErrorFile)
{
    private const int LongestOnStack = 1024;

    private bool _speaks;
    private bool _hasLines;

    public long Duplicates { get; private set; }

    public long Unknown { get; private set; }

    /// <summary>Whether the file has lines and speaks of none of ours: an error of the gateway's in place of results.</summary>
    public bool IsSilent => _hasLines && !_speaks;

    public async Task ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        LineReader reader = LineReader.Ahead(content);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.MoveNextTextAsync(cancellationToken).ConfigureAwait(false))
                Note(reader.Current);
        }
    }

    private void Note(LineCutter line)
    {
        ResultFacts facts = ResultFacts.Of(line);
        _hasLines = true;
        _speaks |= OutcomeReading.Speaks(facts, isErrorFile);
        int entry = Find(facts.CustomId, line.Line);
        if (entry < 0)
            Unknown++;
        else
            Note(entry, facts, line);
    }

    private void Note(int entry, in ResultFacts facts, LineCutter line)
    {
        HarvestEntry held = table[entry];
        if (held.IsFound)
            Duplicates++;

        BatchOutcomeKind kind = VerifiedKind(facts, line, out BodyUsage usage);
        if (held.IsFound && OutcomeRank.Of(kind) <= OutcomeRank.Of(held.Kind))
            return;

        table.Say(entry, new HarvestEntry
        {
            Kind = kind,
            File = file,
            Offset = line.TextOffset,
            Length = line.Line.Length,
            StatusCode = facts.StatusCode,
            InputTokens = usage.InputTokens,
            OutputTokens = usage.OutputTokens,
            Model = usage.Model.IsThere ? table.Models.NumberOf(usage.Model, facts.Body.In(line.Line)) : (byte)0,
            Verdict = rules.Of(kind, facts, line),
        });
    }

    /// <summary>An outcome must not be called a success before its body was looked into. What it cost stands there, too.</summary>
    private static BatchOutcomeKind VerifiedKind(in ResultFacts facts, LineCutter line, out BodyUsage usage)
    {
        usage = default;
        bool hasBody = facts.Kind is BatchOutcomeKind.Succeeded or BatchOutcomeKind.Failed && facts.Body.IsThere;
        bool isJson = hasBody && BodyUsage.TryRead(facts.Body.In(line.Line), out usage);
        return facts.Kind == BatchOutcomeKind.Succeeded && !isJson ? BatchOutcomeKind.Malformed : facts.Kind;
    }

    private int Find(JsonSlice customId, ReadOnlySpan<byte> line)
    {
        if (!customId.IsThere)
            return -1;
        if (!customId.IsEscaped)
            return table.Find(customId.In(line));

        Span<byte> text = customId.Length <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[customId.Length];
        return table.Find(customId.TryUnescape(line, text, out int length) ? text[..length] : customId.In(line));
    }
}
