namespace BatchGateway.Runs.Internal;

/// <summary>How much of a run may be in flight at once.</summary>
/// <param name="Batches">How many shards may hold a place.</param>
/// <param name="Tokens">How many tokens they may hold together.</param>
internal sealed record BudgetLimits(int Batches = int.MaxValue, long Tokens = long.MaxValue)
{
    /// <summary>Whether there is room for one more. What is larger than the limit goes alone, else it could never go.</summary>
    public bool HasRoomFor(long tokens, int batchesHeld, long tokensHeld) =>
        batchesHeld < Batches && (batchesHeld == 0 || tokens <= Tokens - tokensHeld);

    /// <summary>Whether so much was let in by these limits, and nothing past them.</summary>
    public bool AreKeptBy(int batchesHeld, long tokensHeld) => batchesHeld <= Batches && (batchesHeld <= 1 || tokensHeld <= Tokens);
}
