namespace BatchGateway.Emulator.Internal;

internal sealed class PredicateTrigger(Func<LedgerRequest, bool> predicate) : FaultTrigger
{
    public override bool Picks(LedgerRequest request) => predicate(request);
}
