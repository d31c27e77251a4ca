using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace BatchGateway.Benchmarks.Calls;

/// <summary>The place of the network: answers every request at once, with the same bytes and headers, whoever asks.</summary>
internal sealed class BatchAnswer : HttpMessageHandler
{
    public const string BatchId = "batch_67890abcdef1234567890abcdef12345";

    // Every member of the reference pages, and those that OpenAI adds.
    private static readonly byte[] Json = Encoding.UTF8.GetBytes($$$"""
        {"id":"{{{BatchId}}}","object":"batch","endpoint":"/v1/chat/completions","model":"gpt-4o-mini-2024-07-18","errors":null,"input_file_id":"file-Qm7vXjYt8kLs2WzRb4NcHa","completion_window":"24h","status":"completed","output_file_id":"file-9pTdE3uKfVx6GwJy1MhCqZ","error_file_id":null,"created_at":1761896225,"in_progress_at":1761896285,"expires_at":1761982625,"finalizing_at":1761899885,"completed_at":1761899945,"failed_at":null,"expired_at":null,"cancelling_at":null,"cancelled_at":null,"request_counts":{"total":1000,"completed":995,"failed":5},"usage":{"input_tokens":512000,"output_tokens":256000,"total_tokens":768000,"input_tokens_details":{"cached_tokens":1024},"output_tokens_details":{"reasoning_tokens":2048}},"metadata":{"job":"nightly"}}
        """);

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ByteArrayContent content = new(Json);
        content.Headers.ContentType = JsonType;
        HttpResponseMessage response = new(HttpStatusCode.OK) { RequestMessage = request, Content = content };
        response.Headers.TryAddWithoutValidation("x-request-id", "req_0123456789abcdef0123456789abcdef");
        return Task.FromResult(response);
    }
}
