namespace BatchGateway.Internal.Lines;

/// <summary>Where strings stand in a body, quotes included. Nearly always it is one, which takes no list.</summary>
internal struct TextPieces
{
    private Range _first;
    private List<Range>? _others;

    public int Count { get; private set; }

    public readonly Range this[int number] => number == 0 ? _first : _others![number - 1];

    public void Add(Range piece)
    {
        if (Count++ == 0)
            _first = piece;
        else
            (_others ??= []).Add(piece);
    }
}
