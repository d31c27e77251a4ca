namespace BatchGateway.Emulator.Internal;

internal sealed class SlowBodyFault(TimeSpan pause, int pieceBytes) : Fault
{
    public override Task AnswerAsync(Exchange exchange, Reply reply) =>
        exchange.SendAsync(reply, Delivery.Whole(reply.Body) with { Pause = pause, PieceBytes = pieceBytes });
}
