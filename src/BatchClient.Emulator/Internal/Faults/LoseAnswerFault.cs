namespace BatchGateway.Emulator.Internal;

internal sealed class LoseAnswerFault : Fault
{
    public override Task AnswerAsync(Exchange exchange, Reply reply)
    {
        exchange.Reset();
        return Task.CompletedTask;
    }
}
