namespace BatchGateway.Emulator.Internal;

internal static class BatchEndpoints
{
    public static readonly string[] Known = ["/v1/chat/completions", "/v1/responses", "/v1/embeddings", "/v1/completions", "/v1/moderations"];
}
