using System.Net;
using System.Net.Http.Headers;

namespace BatchGateway.AotSmoke;

/// <summary>A gateway in memory that knows one batch: what is measured with it is the program alone.</summary>
internal sealed class CannedGateway : HttpMessageHandler
{
    private static readonly byte[] Batch = """
        {"id":"batch_1","object":"batch","endpoint":"/v1/chat/completions","input_file_id":"file-1","output_file_id":"file-2","completion_window":"24h",
        "status":"completed","created_at":1763942400,"in_progress_at":1763942410,"completed_at":1763946000,"expires_at":1764028800,
        "request_counts":{"total":100,"completed":100,"failed":0},"metadata":{"team":"search"}}
        """u8.ToArray();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(Batch) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            RequestMessage = request,
        });
}
