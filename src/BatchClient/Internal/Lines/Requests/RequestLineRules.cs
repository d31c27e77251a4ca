using System.Text;

namespace BatchGateway.Internal.Lines;

/// <summary>What every server checks in an input file, checked before it is paid for: each line by itself and beside those before it.</summary>
internal sealed class RequestLineRules : IDisposable
{
    /// <summary>How things stand when lines were to be sent.</summary>
    public const string NothingSent = "Nothing was sent.";

    /// <summary>How things stand when lines were to be written to files.</summary>
    public const string NothingWritten = "No file was written.";

    private const string HalfAPair = "has a custom id with half of a surrogate pair: its answer could not be found again";

    private readonly BatchLimits _limits;
    private readonly CustomIdSet _ids;
    private readonly IEarlierLines? _earlier;
    private readonly string _state;
    private FirstText? _url;
    private FirstText? _model;
    private byte[] _scratch = [];

    /// <summary>Makes the rules for one input.</summary>
    /// <param name="limits">What the provider allows.</param>
    /// <param name="earlier">The lines so far, to be asked when a custom id looks like an earlier one; null when they are gone.</param>
    /// <param name="state">How things stand when a line is refused, for the message.</param>
    /// <param name="ids">An empty set for the custom ids; null for one of the right width. Disposed of with this.</param>
    public RequestLineRules(BatchLimits limits, IEarlierLines? earlier, string state = NothingSent, CustomIdSet? ids = null)
    {
        _limits = limits;
        _ids = ids ?? new CustomIdSet(isFinal: earlier is null);
        _earlier = earlier;
        _state = state;
    }

    /// <summary>The API path of the lines; <see langword="default"/> when they name none.</summary>
    public BatchEndpoint Endpoint => new(_url?.Text);

    public string? Model => _model?.Text;

    /// <summary>The number of the line that is being checked, counted from 1.</summary>
    public long Number { get; private set; }

    public long NextNumber() => ++Number;

    /// <summary>Checks a line.</summary>
    /// <exception cref="BatchInputException">It cannot be sent.</exception>
    public void Check(in RequestFacts facts, ReadOnlySpan<byte> line, long number)
    {
        // A lone CR ends a line for many servers too.
        if (line.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
            throw Broken(BatchErrorCode.InvalidJsonLine, number, Id(facts, line), "has line breaks between its members: give it as compact JSON");
        if (line.Length > LineCutter.LongestLine)
            throw Broken(BatchErrorCode.FileTooLarge, number, Id(facts, line), $"{LineCutter.TooLongProblem}: shorten it");
        if (line.Length >= _limits.MaxLineBytes)
            throw Broken(
                BatchErrorCode.FileTooLarge,
                number,
                Id(facts, line),
                $"has {line.Length + 1:N0} bytes, and a line may have {_limits.MaxLineBytes:N0}: shorten it");

        CheckCustomId(facts.CustomId, line, number);
        CheckEndpoint(facts, line, number);
        CheckBody(facts, line, number);
    }

    /// <summary>Refuses a custom id in which half of a surrogate pair would be lost when it is written.</summary>
    public void CheckText(string? customId, long number)
    {
        if (customId is not null && HasLoneSurrogate(customId))
            throw Broken(BatchErrorCode.InvalidJsonLine, number, customId, HalfAPair);
    }

    public BatchInputException Broken(BatchErrorCode rule, long number, string? customId, string problem, Exception? cause = null) =>
        new($"Line {number}{(customId is null ? "" : $" ('{Shorten(customId)}')")} {problem}. {_state}", cause)
        {
            Rule = rule,
            LineNumber = number,
            CustomId = customId,
        };

    /// <summary>A line with the custom id of another one before it.</summary>
    public BatchInputException Duplicate(long number, string? customId, long first) =>
        Broken(BatchErrorCode.DuplicateCustomId, number, customId, $"has the custom id of line {first}: give every line one of its own");

    /// <summary>What is wrong with the whole input or with a file of it.</summary>
    public BatchInputException Broken(BatchErrorCode rule, string problem) => new($"{problem} {_state}") { Rule = rule };

    public void Dispose() => _ids.Dispose();

    private void CheckCustomId(JsonSlice slice, ReadOnlySpan<byte> line, long number)
    {
        if (!slice.IsThere || (slice.IsString && slice.Length == 0))
            throw Broken(
                BatchErrorCode.MissingRequiredParameter, number, slice.IsThere ? "" : null, "has no custom id: give every line one of its own");
        if (!slice.IsString)
            throw Broken(BatchErrorCode.InvalidValue, number, slice.TextIn(line), "has a custom id that is no string: put it in quotes");

        ReadOnlySpan<byte> id = slice.IsEscaped ? Unescape(slice, line, number) : slice.In(line);
        if (_limits.MaxCustomIdLength is { } longest && id.Length > longest && Encoding.UTF8.GetCharCount(id) is int length && length > longest)
            throw Broken(
                BatchErrorCode.TextTooLong,
                number,
                slice.TextIn(line),
                $"has a custom id of {length:N0} characters, and it may have {longest:N0}: give it a shorter one");
        if (!_ids.Add(id))
            CheckSuspect(id, slice.TextIn(line), number);
    }

    /// <summary>An equal hash is no proof, as long as there are lines to look into.</summary>
    private void CheckSuspect(ReadOnlySpan<byte> id, string? text, long number)
    {
        if (_earlier is null)
            throw Broken(BatchErrorCode.DuplicateCustomId, number, text, "has the custom id of an earlier line: give every line one of its own");
        if (_earlier.Find(id) is { } first)
            throw Duplicate(number, text, first);
    }

    private ReadOnlySpan<byte> Unescape(JsonSlice slice, ReadOnlySpan<byte> line, long number)
    {
        if (_scratch.Length < slice.Length)
            _scratch = new byte[slice.Length];
        return slice.TryUnescape(line, _scratch, out int length) ? _scratch.AsSpan(0, length) : throw Broken(
            BatchErrorCode.InvalidJsonLine, number, slice.TextIn(line), HalfAPair);
    }

    private void CheckEndpoint(in RequestFacts facts, ReadOnlySpan<byte> line, long number)
    {
        if (facts.Method.IsThere && !facts.Method.In(line).SequenceEqual("POST"u8))
            throw Broken(
                BatchErrorCode.InvalidValue,
                number,
                Id(facts, line),
                $"has the method '{facts.Method.TextIn(line)}': a batch knows only POST, in capitals");
        if (!facts.Method.IsThere && _limits.RequiresUrl)
            throw Broken(BatchErrorCode.MissingRequiredParameter, number, Id(facts, line), "has no method: it is POST");
        if (facts.Url.IsThere ? !facts.Url.IsString || facts.Url.Length == 0 : _limits.RequiresUrl)
            throw Broken(BatchErrorCode.InvalidUrl, number, Id(facts, line), "has no url: name the API path that it is for");

        _url ??= new FirstText(facts.Url, line);
        if (!_url.Equals(facts.Url, line))
            throw Broken(
                BatchErrorCode.UrlMismatch,
                number,
                Id(facts, line),
                $"has the url '{facts.Url.TextIn(line)}' and the lines before it '{_url.Text}': a batch has one, so make a batch for each");
    }

    private void CheckBody(in RequestFacts facts, ReadOnlySpan<byte> line, long number)
    {
        if (!facts.HasBody)
            throw Broken(BatchErrorCode.InvalidJsonLine, number, Id(facts, line), "has no body that is a JSON object: give it the request");
        if (facts.AsksForStream)
            throw Broken(
                BatchErrorCode.InvalidValue, number, Id(facts, line), "asks for a stream ('stream': true), and a batch cannot give one: take it out");
        if (_limits.RequiresModel && (!facts.Model.IsThere || facts.Model.Length == 0))
            throw Broken(BatchErrorCode.MissingRequiredParameter, number, Id(facts, line), "names no model: give its body one");

        _model ??= new FirstText(facts.Model, line);
        if (!_model.Equals(facts.Model, line))
            throw Broken(
                BatchErrorCode.MismatchedModel,
                number,
                Id(facts, line),
                $"names the model '{facts.Model.TextIn(line)}' and the lines before it '{_model.Text}': a batch has one, so make a batch for each");
    }

    private static string? Id(in RequestFacts facts, ReadOnlySpan<byte> line) => facts.CustomId.TextIn(line);

    private static string Shorten(string customId) => customId.Length <= 200 ? customId : customId[..200] + "…";

    private static bool HasLoneSurrogate(string text)
    {
        // Most ids have no surrogate at all; what is enumerated as U+FFFD and is none is half of a pair.
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return false;

        int position = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && text[position] != '\uFFFD')
                return true;
            position += rune.Utf16SequenceLength;
        }

        return false;
    }

    /// <summary>The text that the first line has, and all others must have.</summary>
    private sealed class FirstText(JsonSlice slice, ReadOnlySpan<byte> line)
    {
        private readonly byte[]? _bytes = slice.IsThere ? Bytes(slice, line) : null;

        public string? Text { get; } = slice.TextIn(line);

        public bool Equals(JsonSlice other, ReadOnlySpan<byte> line)
        {
            if (!other.IsThere || _bytes is null)
                return !other.IsThere && _bytes is null;

            return other.IsEscaped ? Bytes(other, line).AsSpan().SequenceEqual(_bytes) : other.In(line).SequenceEqual(_bytes);
        }

        private static byte[] Bytes(JsonSlice slice, ReadOnlySpan<byte> line) =>
            slice.IsEscaped ? Encoding.UTF8.GetBytes(slice.TextIn(line)!) : slice.In(line).ToArray();
    }
}
