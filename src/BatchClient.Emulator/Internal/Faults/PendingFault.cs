namespace BatchGateway.Emulator.Internal;

/// <summary>A fault, whom it meets, and how many more requests it has in store.</summary>
internal sealed class PendingFault(Fault fault, FaultTrigger trigger, int times)
{
    public Fault Fault => fault;

    public int Remaining { get; set; } = times;

    public bool Picks(LedgerRequest request) => trigger.Picks(request);
}
