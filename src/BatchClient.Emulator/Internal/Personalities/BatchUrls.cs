using System.Collections.Immutable;

namespace BatchGateway.Emulator.Internal;

/// <summary>The urls that OpenAI's batches can call.</summary>
internal static class BatchUrls
{
    public static readonly ImmutableArray<string> OpenAI =
        ["/v1/chat/completions", "/v1/responses", "/v1/embeddings", "/v1/completions", "/v1/moderations"];
}
