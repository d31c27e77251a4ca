using System.Runtime.CompilerServices;

namespace BatchGateway.Internal.Lines;

/// <summary>Finds what an answer of a usual shape says: the places of its strings, in one walk and without reading them.</summary>
internal ref struct AnswerScan
{
    private readonly ReadOnlySpan<byte> _body;
    private JsonScanner _scanner;
    private TextPieces _chat;
    private TextPieces _output;
    private TextPieces _chatRefusals;
    private TextPieces _outputRefusals;
    private bool _isCutShort;
    private bool _isOfAModel;

    private AnswerScan(ReadOnlySpan<byte> body)
    {
        _body = body;
        _scanner = new JsonScanner(body);
    }

    /// <summary>False for a body that has anything unusual.</summary>
    public static bool TryFind(ReadOnlyMemory<byte> body, out AnswerParts parts)
    {
        AnswerScan scan = new(body.Span);
        scan.ReadAnswer();
        TextPieces texts = scan._chat.Count > 0 ? scan._chat : scan._output;
        TextPieces refusals = scan._chatRefusals.Count > 0 ? scan._chatRefusals : scan._outputRefusals;
        parts = new AnswerParts(body, texts, refusals, scan._isCutShort, scan._isOfAModel);
        return scan._scanner.IsAtEnd;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadAnswer()
    {
        int seen = 0;
        _scanner.Enter('{');
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "choices"u8, ref seen, 1))
                ReadChoices();
            else if (_scanner.Is(name, "output"u8, ref seen, 2))
                ReadOutput();
            else if (_scanner.Is(name, "status"u8, ref seen, 4))
                _isCutShort |= _scanner.SkipWord("incomplete"u8);
            else
                _scanner.SkipMember(name);
        }

        _isOfAModel = (seen & 3) != 0;
    }

    /// <summary>The first choice that is one speaks for the answer.</summary>
    private void ReadChoices()
    {
        if (!_scanner.TryEnter('['))
            return;

        bool isRead = false;
        while (_scanner.NextItem())
        {
            if (isRead)
            {
                _scanner.Skip();
                continue;
            }

            isRead = !_scanner.IsNull();
            if (isRead)
                ReadChoice();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadChoice()
    {
        if (!_scanner.TryEnter('{'))
            return;

        int seen = 0;
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "message"u8, ref seen, 1))
                ReadMessage();
            else if (_scanner.Is(name, "finish_reason"u8, ref seen, 2))
                _isCutShort |= _scanner.SkipWord("length"u8);
            else
                _scanner.SkipMember(name);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadMessage()
    {
        if (!_scanner.TryEnter('{'))
            return;

        TextPieces refusalsOfParts = default;
        int seen = 0;
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "content"u8, ref seen, 1))
                ReadContent(ref _chat, ref refusalsOfParts);
            else if (_scanner.Is(name, "refusal"u8, ref seen, 2))
                ReadText(ref _chatRefusals);
            else
                _scanner.SkipMember(name);
        }
    }

    private void ReadOutput()
    {
        if (!_scanner.TryEnter('['))
            return;

        while (_scanner.NextItem())
            ReadItem();
    }

    /// <summary>Only messages speak: a model's reasoning has texts too. Whether it is a message may stand behind its content.</summary>
    private void ReadItem()
    {
        if (!_scanner.TryEnter('{'))
            return;

        TextPieces texts = default, refusals = default;
        bool isMessage = true;
        int seen = 0;
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "content"u8, ref seen, 1))
                ReadContent(ref texts, ref refusals);
            else if (_scanner.Is(name, "type"u8, ref seen, 2))
                isMessage = _scanner.IsNull() || IsWordOfMessage();
            else
                _scanner.SkipMember(name);
        }

        if (isMessage)
        {
            _output.Add(texts);
            _outputRefusals.Add(refusals);
        }
    }

    /// <summary>A word with an escape may be this one after all, which is not for the scanner to say.</summary>
    private bool IsWordOfMessage()
    {
        _scanner.Peek();
        int start = _scanner.Position;
        bool isMessage = _scanner.SkipWord("message"u8);
        if (!isMessage && _body[start.._scanner.Position].Contains((byte)'\\'))
            _scanner.GiveUp();
        return isMessage;
    }

    /// <summary>A text, or an array of parts that have texts.</summary>
    private void ReadContent(ref TextPieces texts, ref TextPieces refusals)
    {
        if (_scanner.Peek() == '"')
        {
            ReadText(ref texts);
        }
        else if (_scanner.TryEnter('['))
        {
            while (_scanner.NextItem())
                ReadPart(ref texts, ref refusals);
        }
    }

    private void ReadPart(ref TextPieces texts, ref TextPieces refusals)
    {
        if (!_scanner.TryEnter('{'))
            return;

        int seen = 0;
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "text"u8, ref seen, 1))
                ReadText(ref texts);
            else if (_scanner.Is(name, "refusal"u8, ref seen, 2))
                ReadText(ref refusals);
            else
                _scanner.SkipMember(name);
        }
    }

    private void ReadText(ref TextPieces pieces)
    {
        bool isText = _scanner.Peek() == '"';
        int start = _scanner.Position;
        _scanner.Skip();
        if (isText)
            pieces.Add(start.._scanner.Position);
    }
}
