namespace BatchGateway.Internal.Http;

/// <summary>
/// A random token for one intended batch. It goes with the create as <c>Idempotency-Key</c> and as metadata, and stands in the name of the
/// uploaded file, so that a batch whose answer was lost can be found again.
/// </summary>
internal static class IntentToken
{
    public const string MetadataKey = "batchclient_intent";

    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>The token that goes with a create; null when there is none.</summary>
    public static string? Of(CreateBatchRequest request, BatchCallOptions? options) =>
        options is not null && options.Headers.TryGetValue(GatewayHeaders.IdempotencyKey, out string? key) ? key
        : request.Metadata is not null && request.Metadata.TryGetValue(MetadataKey, out string? token) ? token
        : null;

    public static bool IsOf(Batch batch, string token) => batch.Metadata.TryGetValue(MetadataKey, out string? own) && own == token;

    public static string FileName(string token) => $"batchclient-{token}.jsonl";
}
