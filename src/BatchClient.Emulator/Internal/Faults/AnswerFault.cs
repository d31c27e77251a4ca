namespace BatchGateway.Emulator.Internal;

internal sealed class AnswerFault(Reply answer) : Fault
{
    public override async Task<bool> EndBeforeWorkAsync(Exchange exchange)
    {
        await exchange.SendAsync(answer).ConfigureAwait(false);
        return true;
    }
}
