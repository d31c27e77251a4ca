namespace BatchGateway.Runs;

/// <summary>Where a shard of a run stands: the lines of one batch.</summary>
public enum BatchShardStatus
{
    /// <summary>Its lines are durable here; nothing was sent.</summary>
    Planned = 0,

    /// <summary>Its lines are being uploaded, or were when the process ended.</summary>
    Uploading,

    /// <summary>Its file is at the gateway; no batch of it exists.</summary>
    Uploaded,

    /// <summary>A batch may exist: that one shall be created is durable, what became of it is not known yet.</summary>
    Intent,

    /// <summary>Its batch is known, and is waited for.</summary>
    Created,

    /// <summary>Its batch has ended; the results are not here yet.</summary>
    Terminal,

    /// <summary>Its results are durable here, and every line of it has an outcome.</summary>
    Harvested,

    /// <summary>As <see cref="Harvested"/>, and what it left at the gateway is deleted.</summary>
    Cleaned,

    /// <summary>
    /// Whether a batch exists can only be settled by a person: <see cref="IBatchRuns.AttachAsync"/> or <see cref="IBatchRuns.AbandonAsync"/>.
    /// </summary>
    Ambiguous,

    /// <summary>Given up: its lines have outcomes, and no batch of it is read.</summary>
    Abandoned,
}
