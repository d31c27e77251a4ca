namespace BatchGateway.Internal.Operations;

/// <summary>
/// Items and the lines that speak for them: the first success of an item, or else the first line that can be read, or
/// else the first. It holds places, not lines.
/// </summary>
internal sealed class OutcomeJoin<TItem, TResult>
{
    private readonly List<TItem> _items = [];
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<Claim> _claims = [];
    private readonly Func<TItem, string>? _customId;
    private readonly Func<BatchResultLine, TResult> _read;
    private readonly long _firstNumber;
    private int _found;

    /// <summary>Joins nothing yet.</summary>
    /// <param name="items">What the batch was made from.</param>
    /// <param name="customId">The custom id of an item; null when the lines were numbered.</param>
    /// <param name="read">Makes a result from a succeeded line.</param>
    /// <param name="firstNumber">The number of the first item, when the lines were numbered.</param>
    public OutcomeJoin(IEnumerable<TItem> items, Func<TItem, string>? customId, Func<BatchResultLine, TResult> read, long firstNumber)
    {
        _customId = customId;
        _read = read;
        _firstNumber = firstNumber;
        foreach (TItem item in items)
        {
            _items.Add(item);
            string id = IdOf(_items.Count - 1) ?? throw new ArgumentException("An item has no custom id.", nameof(customId));
            if (!_index.TryAdd(id, _items.Count - 1))
                throw new ArgumentException($"Two items have the custom id '{id}'.", nameof(items));
            _claims.Add(default);
        }
    }

    public long Duplicates { get; private set; }

    public long Unknown { get; private set; }

    public bool HasMissing => _found < _items.Count;

    /// <summary>Whether an item has nothing but a line that cannot be read.</summary>
    public bool HasMalformed => _claims.Exists(claim => claim is { IsThere: true, Kind: BatchOutcomeKind.Malformed });

    private string Doubt => Unknown == 0 ? "" : $"; {Unknown} lines there name no item that was asked for";

    /// <summary>Forgets all lines, before files that have changed are read.</summary>
    public void Clear()
    {
        for (int item = 0; item < _claims.Count; item++)
            _claims[item] = default;
        _found = 0;
        Duplicates = Unknown = 0;
    }

    /// <summary>Takes note of a line.</summary>
    public void Note(string? customId, BatchOutcomeKind kind, LinePlace place)
    {
        if (customId is null || !_index.TryGetValue(customId, out int item))
        {
            Unknown++;
            return;
        }

        Claim claim = _claims[item];
        if (claim.IsThere)
            Duplicates++;
        else
            _found++;
        if (!claim.IsThere || OutcomeRank.Of(kind) > OutcomeRank.Of(claim.Kind))
            _claims[item] = new Claim(place, kind, IsThere: true);
    }

    /// <summary>The outcome that a line decides; null when another line does, or none was asked for.</summary>
    public BatchOutcome<TItem, TResult>? OutcomeOf(BatchResultLine line, LinePlace place, CancellationToken cancellationToken) =>
        Decides(line.CustomId, place) ? Outcome(_index[line.CustomId!], line.CustomId!, line, cancellationToken) : null;

    /// <summary>Whether the line at this place decides the outcome of an item.</summary>
    public bool Decides(string? customId, LinePlace place) =>
        customId is not null && _index.TryGetValue(customId, out int item) && _claims[item] is { IsThere: true } claim && claim.Place == place;

    /// <summary>All items in their order, each with the place of the line that speaks for it; null for a missing one.</summary>
    public IEnumerable<(int Item, LinePlace? Place)> Places()
    {
        for (int item = 0; item < _claims.Count; item++)
            yield return (item, _claims[item].IsThere ? _claims[item].Place : null);
    }

    /// <summary>The outcome of an item by the line that speaks for it.</summary>
    public BatchOutcome<TItem, TResult> Outcome(int item, BatchResultLine line, CancellationToken cancellationToken) =>
        Outcome(item, IdOf(item)!, line, cancellationToken);

    /// <summary>The outcome of an item that no line speaks for.</summary>
    public BatchOutcome<TItem, TResult> Missing(int item, Batch batch) => new()
    {
        Item = _items[item],
        CustomId = IdOf(item)!,
        Kind = BatchOutcomeKind.Missing,
        Error = batch.Errors is [var first, ..]
            ? first
            : new BatchError { Message = $"the batch is '{batch.Status}', and neither of its result files has a line for it{Doubt}" },
    };

    private string? IdOf(int item) => _customId is null ? BatchRequestLine.NumberedId(_firstNumber + item) : _customId(_items[item]);

    private BatchOutcome<TItem, TResult> Outcome(int item, string id, BatchResultLine line, CancellationToken cancellationToken)
    {
        BatchOutcomeKind kind = _claims[item].Kind;
        BatchOutcome<TItem, TResult> outcome = new() { Item = _items[item], CustomId = id, Kind = kind, Error = line.Error, Line = line };
        if (kind == BatchOutcomeKind.Malformed && line.Kind == BatchOutcomeKind.Succeeded)
            return outcome with { Error = new BatchError { Message = "the body of the answer is no JSON" } };
        if (kind != BatchOutcomeKind.Succeeded)
            return outcome;

        try
        {
            return outcome with { Result = _read(line) };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return outcome with { Kind = BatchOutcomeKind.Failed, Error = new BatchError { Message = $"the answer does not fit: {exception.Message}" } };
        }
    }

    private readonly record struct Claim(LinePlace Place, BatchOutcomeKind Kind, bool IsThere);
}
