namespace BatchGateway.Internal.Http;

/// <summary>A limit on real time, for a whole attempt or, when it is touched, for silence.</summary>
internal sealed class AttemptLimit : IDisposable
{
    private readonly string _option;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _own;
    private readonly CancellationTokenSource _linked;

    private AttemptLimit(string option, TimeSpan limit, TimeProvider clock, CancellationToken outer)
    {
        _option = option;
        _limit = limit;
        _outer = outer;
        _own = new CancellationTokenSource(limit, clock);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_own.Token, outer);
    }

    public CancellationToken Token => _linked.Token;

    private bool Expired => _own.IsCancellationRequested && !_outer.IsCancellationRequested;

    public static AttemptLimit ForAttempt(BatchGatewayOptions options, CancellationToken outer) =>
        new(nameof(BatchGatewayOptions.ControlTimeout), options.ControlTimeout, options.NetworkClock, outer);

    public static AttemptLimit ForSilence(BatchGatewayOptions options, CancellationToken outer) =>
        new(nameof(BatchGatewayOptions.TransferIdleTimeout), options.TransferIdleTimeout, options.NetworkClock, outer);

    /// <summary>Whether there is still time for whoever waits with this token.</summary>
    public bool Serves(CancellationToken outer) => outer == _outer && !_linked.IsCancellationRequested;

    /// <summary>Something moved: silence begins anew.</summary>
    public void Touch() => Arm(_limit);

    /// <summary>Nobody waits for anything: time does not count.</summary>
    public void Rest() => Arm(Timeout.InfiniteTimeSpan);

    /// <summary>The failure by its name, when it came from this limit; null when it did not.</summary>
    public GatewayTimeoutException? Explain(Exception exception) => Expired ? new GatewayTimeoutException(_option, _limit, exception) : null;

    public void Dispose()
    {
        _linked.Dispose();
        _own.Dispose();
    }

    private void Arm(TimeSpan limit)
    {
        try
        {
            _own.CancelAfter(limit);
        }
        catch (ObjectDisposedException)
        {
            // The answer came while the last bytes were still on their way out.
        }
    }
}
