namespace BatchGateway.Emulator.Internal;

internal sealed class MalformedJsonFault : Fault
{
    public override Task AnswerAsync(Exchange exchange, Reply reply)
    {
        long half = reply.Body.Length / 2;
        return exchange.SendAsync(reply with { Status = 200 }, new Delivery(half, half));
    }
}
