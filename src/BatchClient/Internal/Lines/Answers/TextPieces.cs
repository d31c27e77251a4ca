namespace BatchGateway.Internal.Lines;

/// <summary>Where strings or members stand in a body, quotes included. Nearly always it is one, which takes no list.</summary>
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

    /// <summary>The bytes of all of them, in a body of this length.</summary>
    public readonly int TotalLength(int body)
    {
        int length = 0;
        for (int i = 0; i < Count; i++)
            length += this[i].GetOffsetAndLength(body).Length;
        return length;
    }

    public void Add(TextPieces pieces)
    {
        for (int i = 0; i < pieces.Count; i++)
            Add(pieces[i]);
    }
}
