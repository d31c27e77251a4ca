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

    public static ShardFacts Of(ShardRow shard) => shard.Facts is { } json ? RunsJson.ReadFacts(json) : new ShardFacts();
}
