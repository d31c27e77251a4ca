using System.Text.Json;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Lines;

/// <summary>What the errors of result lines say about the kind of the line, without making a string of them.</summary>
internal static class ErrorFacts
{
    /// <summary>The longest code word that is compared; the known ones have 15 letters.</summary>
    private const int LongestCode = 64;

    /// <summary>
    /// The kind of a line with this <c>error</c>; null when it says nothing: false, <c>""</c>, or an object whose members are all null.
    /// </summary>
    public static BatchOutcomeKind? KindOf(JsonSlice error, ReadOnlySpan<byte> line)
    {
        if (error.IsString)
            return error.Length == 0 ? null : BatchOutcomeKind.Failed;

        ReadOnlySpan<byte> json = error.In(line);
        return json switch
        {
            [(byte)'f', ..] => null,
            [(byte)'{', ..] => KindOf(json),
            _ => BatchOutcomeKind.Failed,
        };
    }

    /// <summary>Whether a body is an API's error instead of an answer: an object, or the first one of an array, with an error in it.</summary>
    public static bool IsErrorBody(ReadOnlySpan<byte> body)
    {
        try
        {
            Utf8JsonReader reader = new(body, LineJson.ReaderOptions);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
                reader.Read();
            return reader.TokenType == JsonTokenType.StartObject && HasErrorObject(ref reader) && LineJson.IsValid(body);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasErrorObject(ref Utf8JsonReader reader)
    {
        bool isThere = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isError = reader.NameIs("error"u8);
            reader.Read();
            if (isError)
                isThere = reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }

        return isThere;
    }

    /// <summary>An object may hold the error that is meant in another <c>error</c>.</summary>
    private static BatchOutcomeKind? KindOf(ReadOnlySpan<byte> json)
    {
        Members members = Members.Of(json);
        while (members.HasInner)
        {
            if (members.Error.IsString)
                return members.Error.Length == 0 ? null : BatchOutcomeKind.Failed;
            json = members.Error.In(json);
            members = Members.Of(json);
        }

        if (members.AreAllNull)
            return null;

        Utf8JsonReader code = members.Code;
        if (code.TokenType != JsonTokenType.String)
            return BatchOutcomeKind.Failed;
        if (Is(ref code, "batchexpired"u8))
            return BatchOutcomeKind.Expired;
        return Is(ref code, "batchcancelled"u8) || Is(ref code, "batchcanceled"u8) ? BatchOutcomeKind.Cancelled : BatchOutcomeKind.Failed;
    }

    /// <summary>Code words are equal when they differ at most in case and underscores.</summary>
    private static bool Is(ref Utf8JsonReader code, ReadOnlySpan<byte> lettersOnly)
    {
        if (code.ValueSpan.Length > LongestCode)
            return false;

        Span<byte> text = stackalloc byte[LongestCode];
        try
        {
            text = text[..code.CopyString(text)];
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        int matched = 0;
        foreach (byte letter in text)
        {
            if (letter == (byte)'_')
                continue;
            if (matched == lettersOnly.Length || (letter | 0x20) != lettersOnly[matched++])
                return false;
        }

        return matched == lettersOnly.Length;
    }

    /// <summary>The members of an error that matter for its kind. Of those that are there twice the last one counts.</summary>
    private ref struct Members
    {
        public JsonSlice Error;
        public Utf8JsonReader Code;
        public bool AreAllNull;
        private bool _errorIsObject;
        private bool _hasMessage;

        public readonly bool HasInner => _errorIsObject || (Error.IsString && !_hasMessage);

        public static Members Of(ReadOnlySpan<byte> json)
        {
            Members members = new() { AreAllNull = true };
            Utf8JsonReader reader = new(json, LineJson.ReaderOptions);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isError = reader.NameIs("error"u8);
                bool isCode = reader.NameIs("code"u8);
                members._hasMessage |= reader.NameIs("message"u8);
                reader.Read();
                members.AreAllNull &= reader.TokenType == JsonTokenType.Null;
                if (isCode)
                    members.Code = reader;
                if (isError)
                    (members._errorIsObject, members.Error) = (reader.TokenType == JsonTokenType.StartObject, JsonSlice.Of(ref reader));
                else
                    reader.Skip();
            }

            return members;
        }
    }
}
