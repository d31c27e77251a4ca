namespace BatchGateway.Emulator.Internal;

/// <summary>Tells whoever wrote the test that its own predicate failed, instead of a server that says nothing.</summary>
internal sealed class BrokenPredicateFault(Exception exception) : Fault
{
    public override async Task<bool> EndBeforeWorkAsync(Exchange exchange)
    {
        string message = $"The emulator's test is at fault: a predicate given to When threw {exception.GetType().Name}: {exception.Message}";
        await exchange.SendAsync(Reply.Error(500, message, code: "predicate_failed")).ConfigureAwait(false);
        return true;
    }
}
