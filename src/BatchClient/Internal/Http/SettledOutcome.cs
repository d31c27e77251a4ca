using System.Net;
using System.Runtime.ExceptionServices;

namespace BatchGateway.Internal.Http;

/// <summary>How a create ended. Whoever sends it again is told the same once more, and nothing goes over the wire.</summary>
internal sealed class SettledOutcome
{
    private readonly ExceptionDispatchInfo? _failure;
    private readonly HttpStatusCode _status;
    private readonly List<KeyValuePair<string, IEnumerable<string>>> _headers = [];
    private readonly BufferedContent? _body;

    public SettledOutcome(Exception exception) => _failure = ExceptionDispatchInfo.Capture(exception);

    public SettledOutcome(HttpResponseMessage response)
    {
        _status = response.StatusCode;
        _headers.AddRange(response.Headers);
        _body = (BufferedContent)response.Content;
    }

    public HttpResponseMessage Replay(HttpRequestMessage request)
    {
        _failure?.Throw();
        HttpResponseMessage response = new(_status) { RequestMessage = request, Content = _body!.Copy() };
        foreach ((string name, IEnumerable<string> values) in _headers)
            response.Headers.TryAddWithoutValidation(name, values);
        return response;
    }
}
