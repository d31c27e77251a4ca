namespace BatchGateway.Emulator.Internal;

internal sealed class EveryTrigger(int n) : FaultTrigger
{
    private int _seen;

    public override bool Picks(LedgerRequest request)
    {
        _seen = (_seen + 1) % n;
        return _seen == 0;
    }
}
