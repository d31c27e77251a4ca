namespace BatchGateway.Emulator.Internal;

internal sealed class CutBodyFault(int afterBytes, bool withLength) : Fault
{
    public override Task AnswerAsync(Exchange exchange, Reply reply)
    {
        long length = reply.Body.Length;
        return exchange.SendAsync(reply, new Delivery(withLength ? length : null, Math.Min(afterBytes, length)) { Breaks = true });
    }
}
