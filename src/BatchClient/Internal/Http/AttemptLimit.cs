namespace BatchGateway.Internal.Http;

/// <summary>A limit on real time, for a whole attempt or, when it is touched, for silence.</summary>
internal sealed class AttemptLimit : IDisposable
{
    private readonly string option;
    private readonly TimeSpan limit;
    private readonly CancellationToken outer;
    private readonly CancellationTokenSource own;
    private readonly CancellationTokenSource linked;

    private AttemptLimit(string option, TimeSpan limit, TimeProvider clock, CancellationToken outer)
    {
        this.option = option;
        this.limit = limit;
        this.outer = outer;
        own = new CancellationTokenSource(limit, clock);
        linked = CancellationTokenSource.CreateLinkedTokenSource(own.Token, outer);
    }

    public CancellationToken Token => linked.Token;

    private bool Expired => own.IsCancellationRequested && !outer.IsCancellationRequested;

    public static AttemptLimit ForAttempt(BatchGatewayOptions options, CancellationToken outer) =>
        new(nameof(BatchGatewayOptions.ControlTimeout), options.ControlTimeout, options.NetworkClock, outer);

    public static AttemptLimit ForSilence(BatchGatewayOptions options, CancellationToken outer) =>
        new(nameof(BatchGatewayOptions.TransferIdleTimeout), options.TransferIdleTimeout, options.NetworkClock, outer);

    /// <summary>Something moved: silence begins anew.</summary>
    public void Touch() => own.CancelAfter(limit);

    /// <summary>The failure by its name, when it came from this limit; null when it did not.</summary>
    public GatewayTimeoutException? Explain(Exception exception) => Expired ? new GatewayTimeoutException(option, limit, exception) : null;

    public void Dispose()
    {
        linked.Dispose();
        own.Dispose();
    }
}
