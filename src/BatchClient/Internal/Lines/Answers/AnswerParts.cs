using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BatchGateway.Internal.Lines;

/// <summary>What an answer says: its text, why the model declined, and whether it was cut short. Strings are made when asked for.</summary>
internal readonly struct AnswerParts
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly TextPieces _texts;
    private readonly TextPieces _refusals;
    private readonly string? _text;
    private readonly string? _refusal;

    public AnswerParts(ReadOnlyMemory<byte> body, TextPieces texts, TextPieces refusals, bool isCutShort, bool isOfAModel)
    {
        _body = body;
        _texts = texts;
        _refusals = refusals;
        IsCutShort = isCutShort;
        IsOfAModel = isOfAModel;
    }

    public AnswerParts(string? text, string? refusal, bool isCutShort, bool isOfAModel)
    {
        _text = text;
        _refusal = refusal;
        IsCutShort = isCutShort;
        IsOfAModel = isOfAModel;
    }

    /// <summary>Whether the answer ended at a limit of tokens, and not where the model wanted to end it.</summary>
    public bool IsCutShort { get; }

    /// <summary>Whether the body is a chat completion or an answer of the responses API, and not another shape of the caller's.</summary>
    public bool IsOfAModel { get; }

    public bool HasText => _text is not null || _texts.Count > 0;

    /// <summary>The text; null when there is none.</summary>
    public string? Text => _texts.Count == 0 ? _text : Decode(_texts.Count, _texts) ?? AnswerDocument.Read(_body).Text;

    /// <summary>Why the model declined; null when it did not.</summary>
    public string? Refusal => _refusals.Count == 0 ? _refusal : Decode(1, _refusals) ?? AnswerDocument.Read(_body).Refusal;

    /// <summary>The parts of an answer; none of an empty or broken one.</summary>
    public static AnswerParts Find(ReadOnlyMemory<byte> body) => AnswerScan.TryFind(body, out AnswerParts parts) ? parts : AnswerDocument.Read(body);

    /// <summary>The text as JSON of the caller's type, read from the bytes of the body without a string between them.</summary>
    public T? ReadText<T>(JsonTypeInfo<T> type)
    {
        if (_texts.Count == 0)
            return JsonSerializer.Deserialize(_text!, type);

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Length(_texts.Count, _texts));
        try
        {
            return TryUnescape(buffer, out int length)
                ? JsonSerializer.Deserialize(buffer.AsSpan(0, length), type)
                : JsonSerializer.Deserialize(AnswerDocument.Read(_body).Text!, type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Null for what is no text after all, such as half of a surrogate pair.</summary>
    private string? Decode(int count, TextPieces pieces)
    {
        TextPad pad = new(Length(count, pieces));
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (!pad.TryAppend(_body.Span[pieces[i]][1..], out _))
                    return null;
            }

            return pad.ToString();
        }
        finally
        {
            pad.Dispose();
        }
    }

    private bool TryUnescape(Span<byte> target, out int length)
    {
        length = 0;
        try
        {
            for (int i = 0; i < _texts.Count; i++)
            {
                Utf8JsonReader reader = new(_body.Span[_texts[i]]);
                reader.Read();
                length += reader.CopyString(target[length..]);
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private int Length(int count, TextPieces pieces)
    {
        int length = 0;
        for (int i = 0; i < count; i++)
            length += pieces[i].GetOffsetAndLength(_body.Length).Length;
        return length;
    }
}
