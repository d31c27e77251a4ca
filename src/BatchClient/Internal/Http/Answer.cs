using System.Net;
using System.Text;

namespace BatchGateway.Internal.Http;

/// <summary>What came back from one call: status, headers and the whole of a small body, with our own _token blotted out of its text.</summary>
internal sealed class Answer
{
    private const int TextBytes = 16 << 10;
    private static readonly string[] RequestIdHeaders = ["x-request-id", "request-id", "x-tfy-request-id", "apim-request-id", "x-ms-request-id"];

    private readonly HttpResponseMessage _response;
    private readonly string? _token;

    public Answer(HttpResponseMessage response, HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        _response = response;
        _token = request.Headers.Authorization?.Parameter;
        Body = body;
    }

    public HttpResponseMessage Response => _response;

    public HttpStatusCode Status => _response.StatusCode;

    public ReadOnlyMemory<byte> Body { get; }

    public bool IsHtml => _response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml"
        || Body.Span.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];

    public string? RequestId => RequestIdHeaders
        .Select(name => _response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    /// <summary>The beginning of the body as text, without the token, should a proxy have echoed it.</summary>
    public string Text => Clean(Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, TextBytes)]));

    public string Clean(string text) => string.IsNullOrEmpty(_token) ? text : text.Replace(_token, "***", StringComparison.Ordinal);

    /// <summary>An error read from the answer, without the _token.</summary>
    public BatchError Clean(BatchError error) => error with
    {
        Code = new BatchErrorCode(Clean(error.Code.ToString())),
        Message = error.Message is null ? null : Clean(error.Message),
        Param = error.Param is null ? null : Clean(error.Param),
        Type = error.Type is null ? null : Clean(error.Type),
        ExtensionData = error.ExtensionData?.Where(member => !HoldsToken(member.Value.GetRawText())).ToDictionary(),
    };

    private bool HoldsToken(string text) => !string.IsNullOrEmpty(_token) && text.Contains(_token, StringComparison.Ordinal);
}
