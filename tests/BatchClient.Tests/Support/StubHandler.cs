using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace BatchGateway.Tests.Support;

/// <summary>Stands where the sockets would be: keeps what was sent and gives one answer to everything.</summary>
internal sealed class StubHandler : HttpMessageHandler
{
    private readonly Func<StubRequest, HttpResponseMessage> _answer;

    public StubHandler(Func<StubRequest, HttpResponseMessage> answer) => _answer = answer;

    public List<StubRequest> Requests { get; } = [];

    public static StubHandler Json(byte[] body) => new(_ => Answer(HttpStatusCode.OK, body));

    public static StubHandler Json(string body, HttpStatusCode status = HttpStatusCode.OK) => new(_ => Answer(status, Encoding.UTF8.GetBytes(body)));

    public static HttpResponseMessage Answer(HttpStatusCode status, byte[] body, string contentType = "application/json") => new(status)
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        StubRequest sent = new(request.Method.Method, request.RequestUri!, body);
        Requests.Add(sent);
        return _answer(sent);
    }
}
