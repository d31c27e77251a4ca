using System.Net;
using System.Text;
using System.Text.Json;
using BatchGateway.Emulator;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Operations;

public sealed class CreateReconcilerTests
{
    private static readonly BatchRequestLine[] Lines = [BatchRequestLine.Chat("a", "gpt-4o-mini", "Hello")];

    [TestCase(HttpStatusCode.OK)]
    [TestCase(HttpStatusCode.InternalServerError)]
    public async Task SubmitAsync_BatchIsOnTheFirstPageAndTheNextNeverComes_FindsIt(HttpStatusCode nextPage)
    {
        string? metadata = null;
        StubHandler stub = new(request => (request.Method, request.Uri.AbsolutePath, request.Uri.Query.Contains("after", StringComparison.Ordinal)) switch
        {
            ("POST", "/v1/files", _) => Answer("""{"id":"file-1","object":"file"}"""),
            ("POST", "/v1/batches", _) => Refuse(metadata = JsonDocument.Parse(request.Text).RootElement.GetProperty("metadata").GetRawText()),
            ("GET", "/v1/batches", true) when nextPage != HttpStatusCode.OK => Answer("{}", nextPage),
            ("GET", "/v1/batches", _) => Answer($$"""{"data":[{"id":"batch_1","metadata":{{metadata}}}],"last_id":"batch_1","has_more":true}"""),
            _ => Answer("{}", HttpStatusCode.NotFound),
        });
        using StubbedClient client = new(stub, options => options.TimeProvider = EmulatorClock.AutoAdvancing());

        BatchOperation operation = await client.Client.SubmitAsync(Lines);

        Assert.That(operation.BatchId, Is.EqualTo("batch_1"));
    }

    private static HttpResponseMessage Refuse(string? seen) => Answer($"{{\"seen\":{seen}}}", HttpStatusCode.BadGateway);

    private static HttpResponseMessage Answer(string json, HttpStatusCode status = HttpStatusCode.OK) => StubHandler.Answer(status, Encoding.UTF8.GetBytes(json));
}
