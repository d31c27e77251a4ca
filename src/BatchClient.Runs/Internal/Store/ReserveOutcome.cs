namespace BatchGateway.Runs.Internal;

/// <summary>What became of the request for a place in the budget.</summary>
internal enum ReserveOutcome
{
    /// <summary>The shard has its place now.</summary>
    Reserved,

    /// <summary>It had it before. Nothing changed.</summary>
    AlreadyReserved,

    /// <summary>There is no room. Nothing changed.</summary>
    Full,

    /// <summary>The shard belongs to a later claim. Nothing changed.</summary>
    Fenced,
}
