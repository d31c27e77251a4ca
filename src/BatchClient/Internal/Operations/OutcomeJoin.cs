namespace BatchGateway.Internal.Operations;

/// <summary>
/// Items and the lines that speak for them: the first success of an item, or else the first line that can be read, or
/// else the first. It holds places, not lines.
/// </summary>
internal sealed class OutcomeJoin<TItem, TResult>
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Func<BatchResultLine, TResult> _read;

    public OutcomeJoin(IEnumerable<TItem> items, Func<TItem, string> customId, Func<BatchResultLine, TResult> read)
    {
        _read = read;
        foreach (TItem item in items)
        {
            string id = customId(item) ?? throw new ArgumentException("An item has no custom id.", nameof(customId));
            if (!_entries.TryAdd(id, new Entry(item)))
                throw new ArgumentException($"Two items have the custom id '{id}'.", nameof(items));
        }
    }

    public long Duplicates { get; private set; }

    public long Unknown { get; private set; }

    public bool HasMissing => _entries.Values.Any(entry => entry.Place is null);

    private string Doubt => Unknown == 0 ? "" : $"; {Unknown} lines there name no item that was asked for";

    /// <summary>Forgets all lines, before files that have changed are read.</summary>
    public void Clear()
    {
        foreach (Entry entry in _entries.Values)
            (entry.Place, entry.Kind) = (null, BatchOutcomeKind.Missing);
        Duplicates = Unknown = 0;
    }

    /// <summary>Takes note of a line.</summary>
    public void Note(BatchResultLine line, LinePlace place)
    {
        if (line.CustomId is null || !_entries.TryGetValue(line.CustomId, out Entry? entry))
        {
            Unknown++;
            return;
        }

        if (entry.Place is not null)
            Duplicates++;
        if (entry.Place is null || Weight(line.Kind) > Weight(entry.Kind))
            (entry.Place, entry.Kind) = (place, line.Kind);
    }

    private static int Weight(BatchOutcomeKind kind) => kind switch
    {
        BatchOutcomeKind.Succeeded => 2,
        BatchOutcomeKind.Malformed => 0,
        _ => 1,
    };

    /// <summary>The outcome that a line decides; null when another line does, or none was asked for.</summary>
    public BatchOutcome<TItem, TResult>? OutcomeOf(BatchResultLine line, LinePlace place) =>
        line.CustomId is { } id && _entries.TryGetValue(id, out Entry? entry) && entry.Place == place ? Outcome(entry.Item, id, line) : null;

    public IEnumerable<BatchOutcome<TItem, TResult>> Missing(Batch batch)
    {
        BatchError reason = batch.Errors is [var first, ..]
            ? first
            : new BatchError { Message = $"the batch is '{batch.Status}', and neither of its result files has a line for it{Doubt}" };
        return _entries.Where(entry => entry.Value.Place is null).Select(entry => new BatchOutcome<TItem, TResult>
        {
            Item = entry.Value.Item,
            CustomId = entry.Key,
            Kind = BatchOutcomeKind.Missing,
            Error = reason,
        });
    }

    private BatchOutcome<TItem, TResult> Outcome(TItem item, string id, BatchResultLine line)
    {
        BatchOutcome<TItem, TResult> outcome = new() { Item = item, CustomId = id, Kind = line.Kind, Error = line.Error, Line = line };
        if (line.Kind != BatchOutcomeKind.Succeeded)
            return outcome;

        try
        {
            return outcome with { Result = _read(line) };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return outcome with { Kind = BatchOutcomeKind.Failed, Error = new BatchError { Message = $"the answer does not fit: {exception.Message}" } };
        }
    }

    private sealed class Entry(TItem item)
    {
        public TItem Item { get; } = item;

        public LinePlace? Place { get; set; }

        public BatchOutcomeKind Kind { get; set; }
    }
}
