using System.Net.Http.Headers;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Gateway;

/// <summary>Prints the calls of <c>--verbose</c>. It stands outside of authentication and never sees the key.</summary>
internal sealed class TraceHandler(Screen screen, Secrets secrets, TimeProvider clock) : DelegatingHandler
{
    private const int LongestBody = 4_000;

    /// <summary>Headers whose values say nothing that somebody could sign in with.</summary>
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Content-Length", "Content-Range", "Content-Type", "Date", "ETag", "If-Range", "Range", "Retry-After", "User-Agent", "x-request-id",
        GatewayHeaders.IdempotencyKey, GatewayHeaders.Metadata, GatewayHeaders.Provider, GatewayHeaders.RequestTimeout, GatewayHeaders.ResolvedModel,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Print(">", $"{request.Method} {request.RequestUri}");
        Print(">", request.Headers, request.Content?.Headers);
        long start = clock.GetTimestamp();
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            Print("<", $"{(int)response.StatusCode} {response.ReasonPhrase} after {clock.GetElapsedTime(start).TotalMilliseconds:0} ms");
            Print("<", response.Headers, response.Content.Headers);
            if (HasSmallAnswer(request, response))
                Print("<", Cut(await response.Content.ReadAsStringAsync(cancellationToken)));
            return response;
        }
        catch (Exception failure)
        {
            Print("<", $"no answer after {clock.GetElapsedTime(start).TotalMilliseconds:0} ms: {failure.GetType().Name}: {failure.Message}");
            throw;
        }
    }

    /// <summary>A file's content is not for the screen, and must not be read before its user does.</summary>
    private static bool HasSmallAnswer(HttpRequestMessage request, HttpResponseMessage response) =>
        !request.RequestUri!.AbsolutePath.EndsWith("/content", StringComparison.Ordinal)
        && !request.RequestUri.AbsolutePath.EndsWith("/output", StringComparison.Ordinal)
        && response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;

    private static string Cut(string body) => body.Length <= LongestBody ? body : $"{body[..LongestBody]} ... ({body.Length:N0} characters)";

    private void Print(string sign, HttpHeaders headers, HttpHeaders? more)
    {
        foreach ((string name, IEnumerable<string> values) in more is null ? headers : headers.Concat(more))
            Print(sign, $"  {name}: {(Shown.Contains(name) ? string.Join(", ", values) : "***")}");
    }

    private void Print(string sign, string line) => screen.Trace($"{sign} {secrets.Clean(line)}");
}
