namespace BatchGateway.Emulator.Internal;

internal sealed class DropFault : Fault
{
    public override Task<bool> EndBeforeWorkAsync(Exchange exchange)
    {
        exchange.Reset();
        return Task.FromResult(true);
    }
}
