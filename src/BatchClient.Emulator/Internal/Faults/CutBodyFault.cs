namespace BatchGateway.Emulator.Internal;

internal sealed class CutBodyFault(int afterBytes, bool withLength) : Fault
{
    public override Task AnswerAsync(Exchange exchange, Reply reply) => exchange.SendCutAsync(reply, afterBytes, withLength);
}
