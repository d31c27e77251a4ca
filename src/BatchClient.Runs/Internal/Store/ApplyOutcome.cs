namespace BatchGateway.Runs.Internal;

/// <summary>What became of a transition.</summary>
internal enum ApplyOutcome
{
    /// <summary>It is durable.</summary>
    Applied,

    /// <summary>It was applied before. Nothing changed.</summary>
    AlreadyApplied,

    /// <summary>The shard belongs to a later claim, or the lease that an intent needs has run out. Nothing changed.</summary>
    Fenced,

    /// <summary>The shard is no longer what the claim says it is. Nothing changed.</summary>
    Conflict,
}
