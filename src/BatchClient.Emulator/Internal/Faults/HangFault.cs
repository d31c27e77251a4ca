namespace BatchGateway.Emulator.Internal;

internal sealed class HangFault : Fault
{
    public override async Task AnswerAsync(Exchange exchange, Reply reply)
    {
        await exchange.HangAsync().ConfigureAwait(false);
        exchange.Reset();
    }
}
