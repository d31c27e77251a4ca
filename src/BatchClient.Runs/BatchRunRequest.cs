using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs;

/// <summary>
/// A run to be started, or to go on: a name and its lines. The options are those of the first call: a run that exists keeps the ones it began with.
/// </summary>
public sealed class BatchRunRequest
{
    /// <summary>Names a run and its lines.</summary>
    /// <param name="name">The name: the run is known by it, in this process and in later ones.</param>
    /// <param name="lines">The lines; read once, and made durable before anything is sent.</param>
    public BatchRunRequest(string name, IAsyncEnumerable<BatchRequestLine> lines)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(lines);
        (Name, Lines) = (name, lines);
    }

    /// <summary>Names a run and its lines.</summary>
    /// <param name="name">The name: the run is known by it, in this process and in later ones.</param>
    /// <param name="lines">The lines; read once, and made durable before anything is sent.</param>
    public BatchRunRequest(string name, IEnumerable<BatchRequestLine> lines)
        : this(name, AsyncLines.From(lines))
    {
    }

    /// <summary>The name of the run.</summary>
    public string Name { get; }

    /// <summary>The lines.</summary>
    public IAsyncEnumerable<BatchRequestLine> Lines { get; }

    /// <summary>The key that the client is registered under; null, the default, for <see cref="BatchRunsOptions.Client"/>.</summary>
    public string? Client { get; set; }

    /// <summary>What the provider allows in one batch. Default: <see cref="BatchLimits.OpenAI"/>.</summary>
    public BatchLimits Limits { get; set; } = BatchLimits.OpenAI;

    /// <summary>How often a line may be tried, its first time included. Default: 3, at least 1.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How often a line may be sent again because its batch expired; these times are no attempts. Default: 3.</summary>
    public int MaxExpiries { get; set; } = 3;

    /// <summary>
    /// Whether lines are sent again that a completed batch has no result for. Default: false, for they may have been paid for.
    /// </summary>
    public bool RetryMissing { get; set; }

    /// <summary>How many batches may be in flight at once; null, the default, for any number.</summary>
    public int? MaxBatchesInFlight { get; set; }

    /// <summary>
    /// How many tokens may be enqueued at once, by a plain estimate: a quarter of the bytes of the bodies. Null, the default, for any number. A batch
    /// that is larger goes alone.
    /// </summary>
    public long? MaxEnqueuedTokens { get; set; }

    /// <summary>How many uploads may run at once. Default: 2.</summary>
    public int MaxUploads { get; set; } = 2;

    /// <summary>
    /// How long after its beginning the run cancels what is in flight and brings in what there is; null, the default, for never. Lines that are
    /// cancelled so are not sent again.
    /// </summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>How long the provider may take for a batch. Default: <c>24h</c>. Null leaves it out.</summary>
    public string? CompletionWindow { get; set; } = "24h";

    /// <summary>A name for the jobs at the gateway; null for none.</summary>
    public string? JobName { get; set; }

    /// <summary>
    /// Pairs kept with each batch, where the gateway keeps them. One more is added, <c>batchclient_intent</c>, unless there are 16 already.
    /// </summary>
    public IDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the provider keeps the result files; null for its default.</summary>
    public TimeSpan? OutputExpiresAfter { get; set; }

    /// <summary>The API path for lines that name none. Default: <see cref="BatchEndpoint.ChatCompletions"/>.</summary>
    public BatchEndpoint Endpoint { get; set; } = BatchEndpoint.ChatCompletions;

    /// <summary>
    /// The provider, metadata and headers for every call of the run; they are stored with it. Headers that do not begin with <c>x-tfy-</c> are not
    /// kept. One that does, and whose name speaks of a key, token, secret, password or the like, is refused: set it on the client.
    /// </summary>
    public BatchCallOptions? Call { get; set; }

    /// <summary>What a million tokens cost, of models that <see cref="Prices"/> does not name; null, the default, for no such price.</summary>
    public TokenPrice? Price { get; set; }

    /// <summary>
    /// What a million tokens cost, by model: the one that an answer names, with or without the date at its end, else the one that was asked for. Null,
    /// the default, for <see cref="Price"/> alone. Lines of a model without a price are counted, and their cost is not guessed.
    /// </summary>
    public IReadOnlyDictionary<string, TokenPrice>? Prices { get; set; }

    /// <summary>What is deleted at the gateway when the results of a shard are durable here. Default: the uploaded files.</summary>
    public BatchRunCleanup Cleanup { get; set; } = BatchRunCleanup.InputFiles;
}
