namespace BatchGateway.Emulator.Internal;

internal sealed class DelayFault(TimeSpan by) : Fault
{
    public override async Task<bool> EndBeforeWorkAsync(Exchange exchange)
    {
        try
        {
            await exchange.PauseAsync(by).ConfigureAwait(false);
            return false;
        }
        catch (OperationCanceledException)
        {
            // Nothing was sent yet: an exception would become an answer.
            exchange.Reset();
            return true;
        }
    }
}
