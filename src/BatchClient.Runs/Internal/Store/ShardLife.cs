using static BatchGateway.Runs.Internal.ShardState;

namespace BatchGateway.Runs.Internal;

/// <summary>The life of a shard: which state may follow which.</summary>
internal static class ShardLife
{
    // A state followed by itself records new facts. What leads to Intent leads to a payment; what leads away from it without a batch needs proof
    // that there is none.
    private static readonly Dictionary<ShardState, ShardState> Next = new()
    {
        [Planned] = Planned | Uploading | Abandoned,
        [Uploading] = Uploading | Planned | Uploaded | Abandoned,
        [Uploaded] = Uploaded | Planned | Intent | Abandoned,
        [Intent] = Intent | Uploaded | Created | Ambiguous,
        [Created] = Created | Terminal | Abandoned,
        [Terminal] = Terminal | Uploaded | Harvested | Abandoned,
        [Harvested] = Harvested | Cleaned,
        [Ambiguous] = Ambiguous | Created | Abandoned,
        [Abandoned] = Abandoned | Cleaned,
        [Cleaned] = None,
    };

    public static bool Allows(ShardState from, ShardState to) => Next.ContainsKey(to) && (Next[from] & to) != 0;
}
