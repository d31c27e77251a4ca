using System.Text;
using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>What every server checks in an input file, checked before it is uploaded.</summary>
internal sealed class RequestLineRules
{
    private readonly Dictionary<string, long> _lineOf = new(StringComparer.Ordinal);
    private string? _model;
    private bool _hasModel;

    public BatchEndpoint Endpoint { get; private set; }

    public void Check(BatchRequestLine line, long number, ReadOnlySpan<byte> json)
    {
        if (line.CustomId.Length == 0)
            throw Broken(BatchErrorCode.MissingRequiredParameter, number, line, "has an empty custom id: give every line one of its own");
        if (HasLoneSurrogate(line.CustomId))
            throw Broken(BatchErrorCode.InvalidJsonLine, number, line, "has a custom id with half of a surrogate pair: its answer could not be found again");
        if (!_lineOf.TryAdd(line.CustomId, number))
            throw Broken(BatchErrorCode.DuplicateCustomId, number, line, $"has the custom id of line {_lineOf[line.CustomId]}: give every line one of its own");
        if (json.Contains((byte)'\n'))
            throw Broken(BatchErrorCode.InvalidJsonLine, number, line, "has a body with line feeds between its members: give it as compact JSON");

        CheckEndpoint(line, number);
        CheckBody(line, number, json);
    }

    private void CheckEndpoint(BatchRequestLine line, long number)
    {
        if (number == 1)
            Endpoint = line.Endpoint;
        else if (line.Endpoint != Endpoint)
            throw Broken(BatchErrorCode.UrlMismatch, number, line, $"has the url '{line.Endpoint}' and the lines before it '{Endpoint}': a batch has one");
    }

    private void CheckBody(BatchRequestLine line, long number, ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, LineJson.ReaderOptions);
        MoveToBody(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Broken(BatchErrorCode.InvalidJsonLine, number, line, "has a body that is no JSON object");

        string? own = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.NameIs("model"u8))
                own = Next(ref reader) == JsonTokenType.String ? reader.ReadString() : null;
            else if (reader.NameIs("stream"u8) && Next(ref reader) == JsonTokenType.True)
                throw Broken(BatchErrorCode.InvalidValue, number, line, "asks for a stream ('stream': true): a batch cannot give one");
            else
                Next(ref reader);
            reader.Skip();
        }

        // What a converter of the caller's has written may go on where the line should end; the reader says so here.
        while (reader.Read())
            reader.Skip();

        CheckModel(own, line, number);
    }

    private void CheckModel(string? own, BatchRequestLine line, long number)
    {
        if (!_hasModel)
            (_model, _hasModel) = (own, true);
        else if (own != _model)
            throw Broken(BatchErrorCode.MismatchedModel, number, line, $"names the model '{own}' and the lines before it '{_model}': a batch has one");
    }

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

    private static void MoveToBody(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && !reader.NameIs("body"u8))
            reader.Skip();
        reader.Read();
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
            reader.Read();
        return reader.TokenType;
    }

    private static BatchInputException Broken(BatchErrorCode rule, long number, BatchRequestLine line, string problem) =>
        new($"Line {number} ('{line.CustomId}') {problem}. Nothing was sent.")
        {
            Rule = rule,
            LineNumber = number,
            CustomId = line.CustomId,
        };
}
