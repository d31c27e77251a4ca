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

    /// <summary>
    /// Whether a body is an error instead of an answer: an object, or the first one of an array, with an <c>error</c> in it, with a
    /// <c>status</c> of <c>failure</c>, or with an <c>object</c> of <c>error</c>. Most bodies are told from that without being parsed.
    /// </summary>
    public static bool IsErrorBody(ReadOnlySpan<byte> body)
    {
        if (BeginsWithId(body) && body.IndexOf("\"error\""u8) < 0 && body.IndexOf("\"failure\""u8) < 0)
            return false;

        try
        {
            Utf8JsonReader reader = new(body, LineJson.ReaderOptions);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
                reader.Read();
            return reader.TokenType == JsonTokenType.StartObject && SpeaksOfError(ref reader) && LineJson.IsValid(body);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Answers of the common endpoints do, and no error that was met does.</summary>
    private static bool BeginsWithId(ReadOnlySpan<byte> body) =>
        body is [(byte)'{', ..] && body[1..].TrimStart(" \t\r\n"u8).StartsWith("\"id\""u8);

    private static bool SpeaksOfError(ref Utf8JsonReader reader)
    {
        bool isObject = false, isText = false, isFailure = false, isAnswer = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isError = reader.NameIs("error"u8), isStatus = reader.NameIs("status"u8), isKind = reader.NameIs("object"u8);
            isAnswer |= reader.NameIs("choices"u8) || reader.NameIs("output"u8) || reader.NameIs("data"u8);
            reader.Read();
            bool isString = reader.TokenType == JsonTokenType.String;
            if (isError)
                (isObject, isText) = (reader.TokenType == JsonTokenType.StartObject, isString && reader.ValueSpan.Length > 0);
            if (isString)
                isFailure |= (isStatus && reader.NameIs("failure"u8)) || (isKind && reader.NameIs("error"u8));
            reader.Skip();
        }

        return isObject || isFailure || (isText && !isAnswer);
    }

    /// <summary>An object may hold the error that is meant in another <c>error</c>.</summary>
    private static BatchOutcomeKind? KindOf(ReadOnlySpan<byte> json)
    {
        Members members = Members.Of(json);
        for (int envelopes = 0; members.HasInner && envelopes < ErrorEnvelope.MostEnvelopes; envelopes++)
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
