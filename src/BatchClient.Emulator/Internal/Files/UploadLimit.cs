using Microsoft.AspNetCore.Http;

namespace BatchGateway.Emulator.Internal;

/// <summary>The largest request that a proxy in front of the gateway lets through to the upload call.</summary>
internal static class UploadLimit
{
    private const string Page = """
        <html>
        <head><title>413 Request Entity Too Large</title></head>
        <body>
        <center><h1>413 Request Entity Too Large</h1></center>
        <hr><center>proxy</center>
        </body>
        </html>

        """;

    /// <summary>The body of an upload, which refuses to be read beyond the limit.</summary>
    public static Stream Body(HttpRequest request, long? mostBytes)
    {
        if (mostBytes is not { } most)
            return request.Body;
        return request.ContentLength > most ? throw Exceeded() : new SizeLimitedStream(request.Body, most);
    }

    public static RefusedException Exceeded() => new(Reply.Text(413, Page, "text/html"));
}
