using System.Net;
using System.Runtime.ExceptionServices;

namespace BatchGateway.Internal.Http;

/// <summary>How a create ended. Whoever sends it again is told the same once more, and nothing goes over the wire.</summary>
internal sealed class SettledOutcome
{
    private readonly ExceptionDispatchInfo? failure;
    private readonly HttpStatusCode status;
    private readonly List<KeyValuePair<string, IEnumerable<string>>> headers = [];
    private readonly BufferedContent? body;

    public SettledOutcome(Exception exception) => failure = ExceptionDispatchInfo.Capture(exception);

    public SettledOutcome(HttpResponseMessage response)
    {
        status = response.StatusCode;
        headers.AddRange(response.Headers);
        body = (BufferedContent)response.Content;
    }

    public HttpResponseMessage Replay(HttpRequestMessage request)
    {
        failure?.Throw();
        HttpResponseMessage response = new(status) { RequestMessage = request, Content = body!.Copy() };
        foreach ((string name, IEnumerable<string> values) in headers)
            response.Headers.TryAddWithoutValidation(name, values);
        return response;
    }
}
