namespace BatchGateway.Runs.Internal;

/// <summary>What is known of a shard beyond its state; as JSON in the shard's row.</summary>
internal sealed record ShardFacts
{
    /// <summary>The API path of its lines; null before they have one.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The model that its lines ask for; null when they name none.</summary>
    public string? Model { get; init; }

    /// <summary>Null until something was sent; from then on where it went.</summary>
    public RunAddress? Address { get; init; }

    /// <summary>How often its lines were sent again because a batch expired.</summary>
    public int Expiries { get; init; }

    /// <summary>How often its lines were sent again because a batch was refused for other lines.</summary>
    public int Refusals { get; init; }

    /// <summary>Stands in the name of the file.</summary>
    public string? UploadToken { get; init; }

    public string? FileId { get; init; }

    /// <summary>By the gateway's clock.</summary>
    public DateTimeOffset? FileCreatedAt { get; init; }

    public long? FileBytes { get; init; }

    /// <summary>Goes with the create.</summary>
    public string? IntentToken { get; init; }

    public DateTimeOffset? IntentAt { get; init; }

    /// <summary>
    /// The fingerprint of the key that the intent is sent with, that of earlier ones included: no other create is sent with another key. Null when
    /// it cannot be known.
    /// </summary>
    public string? IntentKey { get; init; }

    /// <summary>The same of the batch that the row names.</summary>
    public string? BatchKey { get; init; }

    /// <summary>
    /// Intents before the present one that were found open, and proved to have made no batch. One of theirs may show up all the same.
    /// </summary>
    public IReadOnlyList<EarlierIntent> EarlierIntents { get; init; } = [];

    /// <summary>Batches that did show up, when there was another one already.</summary>
    public IReadOnlyList<string> SecondBatches { get; init; } = [];

    /// <summary>When somebody came upon the open intent; null while nobody has.</summary>
    public DateTimeOffset? FoundOpenAt { get; init; }

    /// <summary>When the list first showed a batch of ours, and not the one that is looked for.</summary>
    public DateTimeOffset? WitnessAt { get; init; }

    /// <summary>How often a batch was refused because too many tokens are enqueued.</summary>
    public int TokenRefusals { get; init; }

    /// <summary>How often a batch was refused because its file could not be found.</summary>
    public int FileRefusals { get; init; }

    /// <summary>How often its file was gone and its lines were uploaded again.</summary>
    public int Reuploads { get; init; }

    /// <summary>How often it has stopped, for no pause helped.</summary>
    public int Stops { get; init; }

    /// <summary>Batches that were made of its lines before.</summary>
    public IReadOnlyList<string> EarlierBatches { get; init; } = [];

    /// <summary>Of the batch, when it was last looked at for good.</summary>
    public string? BatchStatus { get; init; }

    public string? OutputFileId { get; init; }

    public string? ErrorFileId { get; init; }

    /// <summary>What its answers took, by model; empty before they are here.</summary>
    public IReadOnlyList<ModelUsage> Usage { get; init; } = [];

    /// <summary>For people: what stands in the way, or why it was given up.</summary>
    public string? Problem { get; init; }

    public RetryTally Tally => new(Expiries, Refusals);

    /// <summary>The list has proved that the intent made no batch. It is not forgotten: a list may be wrong.</summary>
    public ShardFacts Proved() => this with
    {
        EarlierIntents = [.. EarlierIntents, new EarlierIntent(IntentToken!, IntentAt)],
        IntentToken = null,
        IntentAt = null,
        FoundOpenAt = null,
        WitnessAt = null,
        Problem = "the list has proved that the last create made no batch",
    };

    /// <summary>The last proof does not hold any more: its intent is open again.</summary>
    public ShardFacts Reopened(DateTimeOffset now) => this with
    {
        IntentToken = EarlierIntents[^1].Token,
        IntentAt = EarlierIntents[^1].At,
        EarlierIntents = [.. EarlierIntents.SkipLast(1)],
        FoundOpenAt = now,
        WitnessAt = null,
        Problem = "that the last create made no batch was proved, and cannot be confirmed: it is looked for again",
    };

    /// <summary>With this batch as the shard's own, whichever of its intents it carries.</summary>
    public ShardFacts Having(Batch batch)
    {
        EarlierIntent? earlier = EarlierIntents.FirstOrDefault(intent => BatchGateway.Internal.Http.IntentToken.IsOf(batch, intent.Token));
        ShardFacts own = this with { BatchKey = IntentKey, BatchStatus = null, Problem = null };
        return earlier is null || IntentToken is null ? own : own with
        {
            IntentToken = earlier.Token,
            IntentAt = earlier.At,
            EarlierIntents = [.. EarlierIntents.Where(intent => intent != earlier), new EarlierIntent(IntentToken, IntentAt)],
            Problem = $"batch '{batch.Id}' is that of an earlier create than the last one: whether that made another batch is not known",
        };
    }

    public static ShardFacts Of(ShardRow shard) => shard.Facts is { } json ? RunsJson.ReadFacts(json) : new ShardFacts();
}
