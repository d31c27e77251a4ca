using System.Net;
using System.Text;
using System.Text.Json;

namespace BatchGateway.Internal.Json;

/// <summary>The error in the body of an answer, whatever envelope the server or a proxy before it has put it in.</summary>
internal static class ErrorEnvelope
{
    /// <summary>How deep errors may lie in each other: two were met, and each is looked through anew.</summary>
    public const int MostEnvelopes = 8;

    private const int LongestMessage = 2000;

    /// <summary>As much as is kept of an answer that says no.</summary>
    private const int LongestBody = 64 << 10;

    /// <summary>The error; null when the body says nothing.</summary>
    public static BatchError? Read(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> text = body.TrimStart(" \t\r\n\uFEFF"u8);
        if (text.IsEmpty)
            return null;

        return text[0] switch
        {
            (byte)'{' or (byte)'[' or (byte)'"' => ReadJson(text) ?? Plain(text),
            (byte)'<' => new BatchError { Message = HtmlTitle(text) is { Length: > 0 } title ? $"an HTML page: {title}" : "an HTML page" },
            _ => Plain(text),
        };
    }

    /// <summary>The error that a JSON object carries; null when it carries none, is no object, or is too large for an error.</summary>
    public static BatchError? ReadObject(ReadOnlySpan<byte> body)
    {
        if (body.Length > LongestBody)
            return null;

        ReadOnlySpan<byte> text = body.TrimStart(" \t\r\n\uFEFF"u8);
        return text is [(byte)'{', ..] ? ReadJson(text) : null;
    }

    /// <summary>Whether the body is an API's own error object, and not a framework's or a proxy's page.</summary>
    public static bool IsStructured(ReadOnlySpan<byte> body) =>
        Parse(body.TrimStart(" \t\r\n\uFEFF"u8)) is { } root
        && Unwrap(root).TryGetMember("error"u8, out JsonElement error) && error.ValueKind == JsonValueKind.Object;

    private static BatchError? ReadJson(ReadOnlySpan<byte> text)
    {
        if (Parse(text) is not { } root)
            return null;

        root = Unwrap(root);
        if (root.ValueKind != JsonValueKind.Object)
            return BatchErrorsJson.ReadOne(root);
        if (root.TryGetMember("error"u8, out JsonElement error) && error.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
            return WithMessageOf(root, BatchErrorsJson.ReadOne(Innermost(error)));
        if (root.TryGetMember("detail"u8, out JsonElement detail) && detail.ValueKind == JsonValueKind.Object)
            return WithMessageOf(root, BatchErrorsJson.ReadOne(Innermost(detail)));
        if (root.TryGetMember("errors"u8, out JsonElement errors) && BatchErrorsJson.Read(errors) is [var first, ..])
            return first;

        return Flat(root);
    }

    /// <summary>Some servers put the one error into an array.</summary>
    private static JsonElement Unwrap(JsonElement root) => root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;

    /// <summary>A gateway may put the provider's envelope into its own: the error is the innermost one.</summary>
    public static JsonElement Innermost(JsonElement error)
    {
        for (int envelopes = 0; envelopes < MostEnvelopes && InnerOf(error) is { } inner; envelopes++)
            error = inner;
        return error;
    }

    private static JsonElement? InnerOf(JsonElement error)
    {
        if (!error.TryGetMember("error"u8, out JsonElement inner))
            return null;

        bool isEnvelope = inner.ValueKind == JsonValueKind.Object
            || (inner.ValueKind == JsonValueKind.String && !error.TryGetMember("message"u8, out _));
        return isEnvelope ? inner : null;
    }

    /// <summary>Members beside each other: <c>message</c>, <c>detail</c>, or problem+json's <c>title</c>.</summary>
    private static BatchError? Flat(JsonElement root)
    {
        string? message = Text(root, "message"u8) ?? Text(root, "detail"u8) ?? Text(root, "title"u8);
        return message is null ? null : new BatchError
        {
            Message = message,
            Code = new BatchErrorCode(Text(root, "code"u8)),
            Type = Text(root, "type"u8),
            Param = Text(root, "param"u8),
        };
    }

    private static BatchError? WithMessageOf(JsonElement root, BatchError? error) =>
        error is null ? null : error with { Message = error.Message is { } message ? Shorten(message) : Text(root, "message"u8) };

    private static string? Text(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetMember(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? Shorten(member.ReadString()) : null;

    private static BatchError Plain(ReadOnlySpan<byte> text) => new() { Message = Shorten(Encoding.UTF8.GetString(text).Trim()) };

    public static string Shorten(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage] + "…";

    private static string HtmlTitle(ReadOnlySpan<byte> html)
    {
        string text = Encoding.UTF8.GetString(html);
        int open = text.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        int close = open < 0 ? -1 : text.IndexOf("</title>", open, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? "" : Shorten(WebUtility.HtmlDecode(text[(open + "<title>".Length)..close]).Trim());
    }

    private static JsonElement? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            Utf8JsonReader reader = new(text);
            return JsonElement.TryParseValue(ref reader, out JsonElement? element) ? element : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
