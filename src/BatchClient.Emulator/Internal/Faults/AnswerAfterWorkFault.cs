namespace BatchGateway.Emulator.Internal;

internal sealed class AnswerAfterWorkFault(Reply answer) : Fault
{
    public override Task AnswerAsync(Exchange exchange, Reply reply) => exchange.SendAsync(answer);
}
