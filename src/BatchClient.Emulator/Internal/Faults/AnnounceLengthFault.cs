namespace BatchGateway.Emulator.Internal;

internal sealed class AnnounceLengthFault(long by) : Fault
{
    public override Task AnswerAsync(Exchange exchange, Reply reply)
    {
        long length = reply.Body.Length;
        long announced = by > long.MaxValue - length ? long.MaxValue : Math.Max(0, length + by);
        return exchange.SendAsync(reply, new Delivery(announced, Math.Min(announced, length)) { Breaks = announced > length });
    }
}
