namespace BatchGateway.Runs.Internal;

/// <summary>What became of an attempt to fix the input of a run.</summary>
internal enum SealOutcome
{
    /// <summary>The input is fixed now, and its shards are planned.</summary>
    Sealed,

    /// <summary>The same input was fixed before. Nothing changed.</summary>
    AlreadySealed,

    /// <summary>Another input was fixed before. Nothing changed.</summary>
    Conflict,
}
