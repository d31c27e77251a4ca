using System.Runtime.CompilerServices;
using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Reads chat completions of the usual shape by its own scanner. Whatever is unusual, and whatever is broken, goes to System.Text.Json,
/// which has the last word on what it means.
/// </summary>
internal ref struct ChatAnswerReader
{
    // The answers of a batch come from one model. Threads may overwrite each other's: it is only a string less to make.
    private static string? _lastModel;

    /// <summary>In bytes.</summary>
    private const int LongestCopy = 1024;

    private readonly ReadOnlyMemory<byte> _json;
    private JsonScanner _scanner;
    private TextPad _pad;

    private ChatAnswerReader(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _scanner = new JsonScanner(json.Span);
        _pad = new TextPad(json.Length);
    }

    /// <summary>The answer; null for an empty body and for null.</summary>
    public static ChatAnswer? Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;

        ChatAnswer? answer = ReadUsual(body) ?? JsonSerializer.Deserialize(body.Span, BatchJsonContext.Default.ChatAnswer);
        if (answer is not null)
            answer.RawJson = body;
        return answer;
    }

    /// <summary>The answer if it looks as answers usually do; null else.</summary>
    public static ChatAnswer? ReadUsual(ReadOnlyMemory<byte> json)
    {
        ChatAnswerReader reader = new(json);
        try
        {
            ChatAnswer answer = reader.ReadAnswer();
            return reader._scanner.IsAtEnd ? answer : null;
        }
        finally
        {
            reader.Dispose();
        }
    }

    public readonly void Dispose() => _pad.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ChatAnswer ReadAnswer()
    {
        string? id = null, model = null;
        IReadOnlyList<ChatChoice> choices = [];
        TokenUsage? usage = null;
        int seen = 0;
        bool hasUnknown = false;
        _scanner.Enter('{');
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "id"u8, ref seen, 1))
                id = _scanner.ReadString(ref _pad);
            else if (_scanner.Is(name, "model"u8, ref seen, 2))
                model = _scanner.ReadWord(ref _pad, ref _lastModel);
            else if (_scanner.Is(name, "choices"u8, ref seen, 4))
                choices = _scanner.IsNull() ? [] : ReadChoices();
            else if (_scanner.Is(name, "usage"u8, ref seen, 8))
                usage = _scanner.IsNull() ? null : ReadUsage();
            else
                SkipAny(name, out hasUnknown);
        }

        return new ChatAnswer { Id = id, Model = model, Choices = choices, Usage = usage, UnreadMembers = hasUnknown ? _json : default };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ChatChoice[] ReadChoices()
    {
        ChatChoice[] choices = [];
        int count = 0;
        _scanner.Enter('[');
        while (_scanner.NextItem())
        {
            if (count == choices.Length)
                Array.Resize(ref choices, Math.Max(1, count * 2));
            choices[count++] = ReadChoice();
        }

        Array.Resize(ref choices, count);
        return choices;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ChatChoice ReadChoice()
    {
        long? index = null;
        ChatMessage? message = null;
        string? finishReason = null;
        int start = Start(), seen = 0;
        TextPieces unknown = default;
        _scanner.Enter('{');
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "index"u8, ref seen, 1))
                index = _scanner.ReadNumber();
            else if (_scanner.Is(name, "message"u8, ref seen, 2))
                message = _scanner.IsNull() ? null : ReadMessage();
            else if (_scanner.Is(name, "finish_reason"u8, ref seen, 4))
                finishReason = ReadWord();
            else
                SkipUnknown(name, ref unknown);
        }

        return new ChatChoice { Index = index, Message = message, FinishReason = finishReason, UnreadMembers = Unread(unknown, start, LongestCopy) };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ChatMessage ReadMessage()
    {
        string? role = null, content = null, refusal = null;
        int start = Start(), seen = 0;
        TextPieces unknown = default;
        _scanner.Enter('{');
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "role"u8, ref seen, 1))
                role = ReadWord();
            else if (_scanner.Is(name, "content"u8, ref seen, 2))
                content = _scanner.ReadString(ref _pad);
            else if (_scanner.Is(name, "refusal"u8, ref seen, 4))
                refusal = _scanner.ReadString(ref _pad);
            else
                SkipUnknown(name, ref unknown);
        }

        return new ChatMessage { Role = role, Content = content, Refusal = refusal, UnreadMembers = Unread(unknown, start, LongestCopy) };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TokenUsage ReadUsage()
    {
        long? prompt = null, completion = null, input = null, output = null, total = null;
        int start = Start(), seen = 0;
        TextPieces unknown = default;
        _scanner.Enter('{');
        while (_scanner.NextMember(out ReadOnlySpan<byte> name))
        {
            if (_scanner.Is(name, "prompt_tokens"u8, ref seen, 1))
                prompt = _scanner.ReadNumber();
            else if (_scanner.Is(name, "completion_tokens"u8, ref seen, 2))
                completion = _scanner.ReadNumber();
            else if (_scanner.Is(name, "total_tokens"u8, ref seen, 4))
                total = _scanner.ReadNumber();
            else if (_scanner.Is(name, "input_tokens"u8, ref seen, 8))
                input = _scanner.ReadNumber();
            else if (_scanner.Is(name, "output_tokens"u8, ref seen, 16))
                output = _scanner.ReadNumber();
            else
                SkipUnknown(name, ref unknown);
        }

        return new TokenUsage
        {
            PromptTokensMember = prompt,
            CompletionTokensMember = completion,
            InputTokensMember = input,
            OutputTokensMember = output,
            TotalTokens = total,
            UnreadMembers = Unread(unknown, start, int.MaxValue),
        };
    }

    private string? ReadWord()
    {
        string? unused = null;
        return _scanner.ReadWord(ref _pad, ref unused);
    }

    private int Start()
    {
        _scanner.Peek();
        return _scanner.Position;
    }

    private void SkipAny(ReadOnlySpan<byte> name, out bool wasThere)
    {
        _scanner.SkipMember(name);
        wasThere = true;
    }

    private void SkipUnknown(ReadOnlySpan<byte> name, ref TextPieces unknown)
    {
        int start = _json.Span.Overlaps(name, out int offset) ? offset - 1 : _scanner.Position;
        _scanner.SkipMember(name);
        unknown.Add(start.._scanner.Position);
    }

    /// <summary>
    /// The unknown members as an object of their own: a piece of the body would keep a whole line in memory for the sake of a few tokens
    /// counted. What is long, such as <c>logprobs</c>, stays where it is.
    /// </summary>
    private readonly ReadOnlyMemory<byte> Unread(TextPieces unknown, int start, int longestCopy)
    {
        if (unknown.Count == 0 || _scanner.GaveUp)
            return default;

        int length = unknown.TotalLength(_json.Length) + unknown.Count + 1;
        return length <= longestCopy ? Copy(unknown, length) : _json[start.._scanner.Position];
    }

    private readonly byte[] Copy(TextPieces unknown, int length)
    {
        byte[] copy = new byte[length];
        int end = 0;
        for (int i = 0; i < unknown.Count; i++)
        {
            ReadOnlySpan<byte> member = _json.Span[unknown[i]];
            copy[end] = (byte)(i == 0 ? '{' : ',');
            member.CopyTo(copy.AsSpan(end + 1));
            end += member.Length + 1;
        }

        copy[end] = (byte)'}';
        return copy;
    }
}
