namespace BatchGateway.Emulator.Internal;

internal sealed class ChanceTrigger(double probability, int seed) : FaultTrigger
{
    private readonly Random _random = new(seed);

#pragma warning disable CA5394 // A test wants the same chance every time, not a secret.
    public override bool Picks(LedgerRequest request) => _random.NextDouble() < probability;
#pragma warning restore CA5394
}
