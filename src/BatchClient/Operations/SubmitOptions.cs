namespace BatchGateway;

/// <summary>How a batch is created from lines.</summary>
public sealed class SubmitOptions
{
    /// <summary>A name for the job at the gateway; null for none. It does not come back in the batch object.</summary>
    public string? JobName { get; set; }

    /// <summary>How long the provider may take. Default: <c>24h</c>. Null leaves it out.</summary>
    public string? CompletionWindow { get; set; } = "24h";

    /// <summary>
    /// Pairs kept with the batch, where the gateway keeps them. One more is added, <c>batchclient_intent</c>, unless there are 16 already.
    /// </summary>
    public IDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the provider keeps the result files; null for its default.</summary>
    public TimeSpan? OutputExpiresAfter { get; set; }

    /// <summary>
    /// The API path for lines that name none, as Vertex AI allows; for other lines their own. Default:
    /// <see cref="BatchEndpoint.ChatCompletions"/>.
    /// </summary>
    public BatchEndpoint Endpoint { get; set; } = BatchEndpoint.ChatCompletions;

    /// <summary>
    /// What the provider allows in one batch, such as <see cref="BatchLimits.OpenAI"/>: lines are checked against it before anything is sent.
    /// Null, the default, for no limits but that of a custom id's length. A <see cref="BatchRequestFile"/> was checked when it was made.
    /// </summary>
    public BatchLimits? Limits { get; set; }

    /// <summary>
    /// Whether the lines go straight into the upload, with nothing on disk. Default: false; they are written to a temporary file first, so
    /// that every line is checked before the first byte is sent, and an upload that breaks off is sent again. With true there is one
    /// attempt, a line that cannot be sent breaks the upload off, as does one that does not come within
    /// <see cref="BatchGatewayOptions.TransferIdleTimeout"/>, and memory is about 25 bytes for each custom id.
    /// </summary>
    public bool UploadOnce { get; set; }

    /// <summary>Told of the bytes uploaded so far; null for nobody. The number goes back when an upload is sent again.</summary>
    public IProgress<long>? UploadProgress { get; set; }

    /// <summary>The provider, metadata and headers for every call about this batch.</summary>
    public BatchCallOptions? Call { get; set; }

    /// <summary>
    /// How long a create whose answer was lost is looked for in the gateway's list, which may lag behind. Default: 2 minutes. A create is
    /// never sent again on a guess.
    /// </summary>
    public TimeSpan ReconcileFor { get; set; } = TimeSpan.FromMinutes(2);
}
