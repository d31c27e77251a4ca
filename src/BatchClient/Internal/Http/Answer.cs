using System.Net;
using System.Text;

namespace BatchGateway.Internal.Http;

/// <summary>
/// What came back from one call: status, headers and the whole of a small body, with our own token blotted out of its text.
/// </summary>
internal readonly struct Answer
{
    private const int TextBytes = 16 << 10;
    private static readonly string[] RequestIdHeaders = ["x-request-id", "request-id", "x-tfy-request-id", "apim-request-id", "x-ms-request-id"];

    private readonly HttpResponseMessage _response;
    private readonly string? _token;

    public Answer(HttpResponseMessage response, string? token, ReadOnlyMemory<byte> body)
    {
        _response = response;
        _token = token;
        Body = body;
    }

    public HttpResponseMessage Response => _response;

    public HttpStatusCode Status => _response.StatusCode;

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body without the token, should a proxy have echoed it; an escaped one is only found when the text is read.</summary>
    public ReadOnlyMemory<byte> SafeBody => EchoedToken.Blot(Body, _token);

    public bool IsHtml => _response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml"
        || Body.Span.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];

    public string? RequestId
    {
        get
        {
            foreach (string name in RequestIdHeaders)
            {
                if (_response.Headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } id)
                    return Clean(id);
            }

            return null;
        }
    }

    /// <summary>The beginning of the body as text, without the token.</summary>
    public string Text => Clean(Encoding.UTF8.GetString(SafeBody.Span[..Math.Min(SafeBody.Length, TextBytes)]));

    public string Clean(string text) => EchoedToken.Blot(text, _token);

    public Exception Clean(Exception exception) => EchoedToken.Blot(exception, _token);

    /// <summary>An error read from the answer, without the token.</summary>
    public BatchError Clean(BatchError error) => EchoedToken.Blot(error, _token);
}
