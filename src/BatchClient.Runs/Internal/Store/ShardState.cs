namespace BatchGateway.Runs.Internal;

/// <summary>Where a shard stands, or a set of such places. The numbers are stored.</summary>
[Flags]
internal enum ShardState
{
    None = 0,

    /// <summary>Its lines are durable; nothing was sent.</summary>
    Planned = 1,

    /// <summary>An upload may have left a file.</summary>
    Uploading = 1 << 1,

    /// <summary>Its file is known; no batch of it exists.</summary>
    Uploaded = 1 << 2,

    /// <summary>A batch may exist: the intent to create one is durable, its answer is not.</summary>
    Intent = 1 << 3,

    /// <summary>Its batch is known.</summary>
    Created = 1 << 4,

    /// <summary>Its batch has ended.</summary>
    Terminal = 1 << 5,

    /// <summary>Every line has an outcome, and the results are safe here.</summary>
    Harvested = 1 << 6,

    /// <summary>What it left on the gateway is gone.</summary>
    Cleaned = 1 << 7,

    /// <summary>Whether a batch exists can only be settled by a person.</summary>
    Ambiguous = 1 << 8,

    /// <summary>Given up: its lines have outcomes, and no batch of it will be read.</summary>
    Abandoned = 1 << 9,

    All = (1 << 10) - 1,
}
