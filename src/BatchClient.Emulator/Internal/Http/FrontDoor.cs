namespace BatchGateway.Emulator.Internal;

/// <summary>
/// Where every request comes in. It gets its number and meets its fault in one step, so that faults count requests in the ledger's order.
/// </summary>
internal sealed class FrontDoor(EmulatorRoute anyCall)
{
    private readonly object _gate = new();

    public Fault? Enter(Exchange exchange, EmulatorRoute? route)
    {
        lock (_gate)
        {
            LedgerRequest arrival = exchange.Enter(route?.Name ?? "");
            if (route?.TakeFault(arrival) is not { } own)
                return anyCall.TakeFault(arrival);

            // What is in store for any call stays there for the next one.
            anyCall.LetPass(arrival);
            return own;
        }
    }
}
