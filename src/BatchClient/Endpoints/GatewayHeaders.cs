namespace BatchGateway;

/// <summary>The names of headers that the gateway knows. Any other header can be sent as well.</summary>
public static class GatewayHeaders
{
    /// <summary><c>x-tfy-provider-name</c>: the provider account. The same value must go with every later call for the same ids.</summary>
    public const string Provider = "x-tfy-provider-name";

    /// <summary><c>x-tfy-metadata</c>: pairs of strings for the gateway's own logs, as a JSON object.</summary>
    public const string Metadata = "x-tfy-metadata";

    /// <summary><c>x-tfy-azure-api-version</c></summary>
    public const string AzureApiVersion = "x-tfy-azure-api-version";

    /// <summary><c>x-tfy-vertex-storage-bucket-name</c></summary>
    public const string VertexStorageBucket = "x-tfy-vertex-storage-bucket-name";

    /// <summary><c>x-tfy-vertex-region</c></summary>
    public const string VertexRegion = "x-tfy-vertex-region";

    /// <summary><c>x-tfy-provider-model</c></summary>
    public const string ProviderModel = "x-tfy-provider-model";

    /// <summary><c>x-tfy-aws-s3-bucket</c></summary>
    public const string AwsS3Bucket = "x-tfy-aws-s3-bucket";

    /// <summary><c>x-tfy-aws-bedrock-model</c></summary>
    public const string AwsBedrockModel = "x-tfy-aws-bedrock-model";

    /// <summary><c>x-tfy-request-timeout</c>: the gateway's own limit, in milliseconds.</summary>
    public const string RequestTimeout = "x-tfy-request-timeout";

    /// <summary>
    /// <c>x-tfy-retry-config</c>: retries by the gateway itself. They are outside this library's promise that a create is sent once.
    /// </summary>
    public const string RetryConfig = "x-tfy-retry-config";

    /// <summary><c>x-tfy-logging-config</c></summary>
    public const string LoggingConfig = "x-tfy-logging-config";

    /// <summary><c>x-tfy-resolved-model</c>, on answers.</summary>
    public const string ResolvedModel = "x-tfy-resolved-model";

    /// <summary><c>x-tfy-applied-configurations</c>, on answers.</summary>
    public const string AppliedConfigurations = "x-tfy-applied-configurations";

    /// <summary>
    /// <c>Idempotency-Key</c>: sent with every create of
    /// <see cref="IBatchClient.SubmitAsync(IAsyncEnumerable{BatchRequestLine}, SubmitOptions, CancellationToken)"/>. No gateway promises to
    /// honour it.
    /// </summary>
    public const string IdempotencyKey = "Idempotency-Key";
}
