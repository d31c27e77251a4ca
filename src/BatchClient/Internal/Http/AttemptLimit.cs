namespace BatchGateway.Internal.Http;

/// <summary>A limit on real time, for a whole attempt or, when it is touched, for silence.</summary>
internal sealed class AttemptLimit : CancellationTokenSource
{
    private readonly string _option;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _outer;
    private readonly CancellationTokenRegistration _registration;

    private AttemptLimit(string option, TimeSpan limit, TimeProvider clock, CancellationToken outer)
        : base(limit, clock)
    {
        _option = option;
        _limit = limit;
        _outer = outer;
        _registration = outer.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), this);
    }

    private bool Expired => IsCancellationRequested && !_outer.IsCancellationRequested;

    public static AttemptLimit ForAttempt(BatchGatewayOptions options, CancellationToken outer) =>
        new(nameof(BatchGatewayOptions.ControlTimeout), options.ControlTimeout, options.NetworkClock, outer);

    public static AttemptLimit ForSilence(BatchGatewayOptions options, CancellationToken outer) =>
        new(nameof(BatchGatewayOptions.TransferIdleTimeout), options.TransferIdleTimeout, options.NetworkClock, outer);

    /// <summary>Whether there is still time for whoever waits with this token.</summary>
    public bool Serves(CancellationToken outer) => outer == _outer && !IsCancellationRequested;

    /// <summary>Something moved: silence begins anew.</summary>
    public void Touch() => Arm(_limit);

    /// <summary>Nobody waits for anything: time does not count.</summary>
    public void Rest() => Arm(Timeout.InfiniteTimeSpan);

    /// <summary>The failure by its name, when it came from this limit; null when it did not.</summary>
    public GatewayTimeoutException? Explain(Exception exception) => Expired ? new GatewayTimeoutException(_option, _limit, exception) : null;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _registration.Dispose();
        base.Dispose(disposing);
    }

    private void Arm(TimeSpan limit)
    {
        try
        {
            CancelAfter(limit);
        }
        catch (ObjectDisposedException)
        {
            // The answer came while the last bytes were still on their way out.
        }
    }
}
