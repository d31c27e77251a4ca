namespace BatchGateway.Runs.Internal;

/// <summary>How the work on a shard ended for now.</summary>
internal sealed record WorkEnd
{
    public static readonly WorkEnd Released = new();

    /// <summary>There was no room for it: nothing new is of use until another batch has ended.</summary>
    public static readonly WorkEnd BudgetFull = new();

    /// <summary>What it left on the gateway stays there.</summary>
    public static readonly WorkEnd LeftUnclean = new();
}
