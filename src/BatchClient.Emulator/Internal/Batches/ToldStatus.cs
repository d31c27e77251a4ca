namespace BatchGateway.Emulator.Internal;

/// <summary>What <c>status</c> says at some ages of a batch, whatever it really is.</summary>
internal sealed record ToldStatus(string Status, TimeSpan From, TimeSpan? Until)
{
    public bool Covers(TimeSpan age) => age >= From && !(age >= Until);
}
