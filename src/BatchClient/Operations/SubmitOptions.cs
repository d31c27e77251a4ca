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

    /// <summary>The provider, metadata and headers for every call about this batch.</summary>
    public BatchCallOptions? Call { get; set; }

    /// <summary>
    /// How long a create whose answer was lost is looked for in the gateway's list, which may lag behind. Default: 2 minutes. A create is
    /// never sent again on a guess.
    /// </summary>
    public TimeSpan ReconcileFor { get; set; } = TimeSpan.FromMinutes(2);
}
