namespace BatchGateway.Emulator.Internal;

internal sealed class TwistFault(ContentTwist twist) : Fault
{
    public override Task<bool> EndBeforeWorkAsync(Exchange exchange)
    {
        exchange.Twist = twist;
        return Task.FromResult(false);
    }
}
