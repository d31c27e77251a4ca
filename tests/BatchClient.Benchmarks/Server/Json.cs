using System.Text;

namespace BatchGateway.Benchmarks.Server;

/// <summary>The objects that the server answers with.</summary>
internal static class Json
{
    public static byte[] File(long bytes) => Encoding.UTF8.GetBytes($$"""
        {"id":"{{Route.FileId(bytes)}}","object":"file","bytes":{{bytes}},"created_at":1760000000,
         "filename":"input.jsonl","purpose":"batch","status":"processed"}
        """);

    public static byte[] Batch(long bytes) => Encoding.UTF8.GetBytes($$"""
        {
          "id": "{{Route.BatchId(bytes)}}",
          "object": "batch",
          "endpoint": "/v1/chat/completions",
          "errors": null,
          "input_file_id": "file-1",
          "completion_window": "24h",
          "status": "completed",
          "output_file_id": "{{Route.FileId(bytes)}}",
          "error_file_id": null,
          "created_at": 1760000000,
          "in_progress_at": 1760000060,
          "expires_at": 1760086400,
          "finalizing_at": 1760000600,
          "completed_at": 1760000660,
          "failed_at": null,
          "expired_at": null,
          "cancelling_at": null,
          "cancelled_at": null,
          "request_counts": {"total": 1000, "completed": 995, "failed": 5},
          "metadata": {"job": "nightly"}
        }
        """);
}
