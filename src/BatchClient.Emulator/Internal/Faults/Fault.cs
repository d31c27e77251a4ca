namespace BatchGateway.Emulator.Internal;

/// <summary>Something that goes wrong with one exchange, before the work, after it, or both.</summary>
internal abstract class Fault
{
    /// <summary>Whether the exchange is over and the work must not be done.</summary>
    public virtual Task<bool> EndBeforeWorkAsync(Exchange exchange) => Task.FromResult(false);

    /// <summary>Sends, or fails to send, the answer to the work that was done.</summary>
    public virtual Task AnswerAsync(Exchange exchange, Reply reply) => exchange.SendAsync(reply);
}
