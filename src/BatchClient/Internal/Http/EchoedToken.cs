using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BatchGateway.Internal.Http;

/// <summary>Blots our own token out of what comes back, should a server or a proxy have echoed it.</summary>
internal static class EchoedToken
{
    /// <summary>A shorter token is no secret but part of ordinary words: a test's, and blotting it out would spoil the text.</summary>
    private const int ShortestSecret = 8;

    /// <summary>In any case: the name of a host is read in small letters.</summary>
    public static string Blot(string text, string? token) => Holds(text, token) ? text.Replace(token!, "***", StringComparison.OrdinalIgnoreCase) : text;

    public static bool Holds(string text, string? token) => token?.Length >= ShortestSecret && text.Contains(token, StringComparison.OrdinalIgnoreCase);

    /// <summary>A body without the token; an escaped one is only found when the text is read.</summary>
    public static ReadOnlyMemory<byte> Blot(ReadOnlyMemory<byte> body, string? token)
    {
        if (string.IsNullOrEmpty(token) || body.Span.IndexOf(Encoding.ASCII.GetBytes(token)) < 0)
            return body;

        // One byte is one character here, so that what is no UTF-8 survives.
        return Encoding.Latin1.GetBytes(Blot(Encoding.Latin1.GetString(body.Span), token));
    }

    /// <summary>An error without the token.</summary>
    public static BatchError Blot(BatchError error, string? token) => error with
    {
        Code = new BatchErrorCode(Blot(error.Code.ToString(), token)),
        Message = error.Message is null ? null : Blot(error.Message, token),
        Param = error.Param is null ? null : Blot(error.Param, token),
        Type = error.Type is null ? null : Blot(error.Type, token),
        ExtensionData = error.ExtensionData?
            .Where(member => !Holds(member.Key, token) && !Holds(Unescaped(member.Value), token)).ToDictionary(),
    };

    /// <summary>The exception itself, or what it says without the token: the framework quotes lines that it cannot read.</summary>
    public static Exception Blot(Exception exception, string? token)
    {
        if (!Holds(exception.ToString(), token))
            return exception;

        Exception root = exception.GetBaseException();
        return new InvalidDataException(Blot($"{root.GetType().Name}: {root.Message}", token));
    }

    private static string Unescaped(JsonElement value)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter writer = new(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
