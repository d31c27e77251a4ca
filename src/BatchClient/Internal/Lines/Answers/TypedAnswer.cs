using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BatchGateway.Internal.Lines;

/// <summary>An answer as the caller's own type: its text read as JSON, or the body itself where it is no answer of a model.</summary>
internal static class TypedAnswer
{
    private const int LongestReason = 300;

    private const int LongestExcerpt = 60;

    private const string CutShort =
        "The answer was cut short: the model came to its limit of tokens before the end of the JSON. Allow more tokens, or ask for less.";

    /// <exception cref="JsonException">There is no answer of this type; the message says what there is instead.</exception>
    public static T Read<T>(BatchResultLine line, JsonTypeInfo<T> type)
    {
        AnswerParts answer = AnswerParts.Find(line.Body);
        if (answer.HasText)
            return ReadText(answer, StrictTypes.Of(type));
        if (answer.Refusal is { } refusal)
            throw new JsonException(Declined(refusal));
        if (answer.IsCutShort)
            throw new JsonException(CutShort);

        // A chat completion fits any type whose members may all be left out: the caller would be given an answer that nobody gave.
        if (answer.IsOfAModel)
            throw new JsonException(NoText(AnswerDocument.EndingOf(line.Body)));

        return line.ReadBody(StrictTypes.Of(type)) ?? throw new JsonException("There is no answer.");
    }

    private static T ReadText<T>(AnswerParts answer, JsonTypeInfo<T> type)
    {
        try
        {
            return answer.ReadText(type) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException exception)
        {
            throw new JsonException(ReasonOf(answer, exception), exception.Path, exception.LineNumber, exception.BytePositionInLine, exception);
        }
    }

    /// <summary>A text that does not fit has its reason outside of it when the model declined or was cut short.</summary>
    private static string ReasonOf(AnswerParts answer, JsonException exception)
    {
        if (answer.Refusal is { } refusal)
            return Declined(refusal);

        return answer.IsCutShort
            ? CutShort
            : $"{Shorten(exception.Message, LongestReason)} The answer begins: {Shorten(answer.Text ?? "", LongestExcerpt)}";
    }

    private static string NoText(string ending) =>
        ending.Length == 0 ? "The answer has no text." : $"The answer has no text ({Shorten(ending, LongestExcerpt)}).";

    private static string Declined(string refusal) => $"The model declined: {Shorten(refusal, LongestReason)}";

    /// <summary>The reason of an outcome goes into logs: it says what is wrong, and is no copy of the answer.</summary>
    private static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
            return text;

        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "…";
    }
}
