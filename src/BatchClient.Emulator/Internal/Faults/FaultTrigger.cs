namespace BatchGateway.Emulator.Internal;

/// <summary>Picks the requests that meet a fault. It is asked about each request once, in the order of their arrival.</summary>
internal abstract class FaultTrigger
{
    public abstract bool Picks(LedgerRequest request);
}
