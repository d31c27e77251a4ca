namespace BatchGateway.Internal.Http;

/// <summary>
/// Guards the create that costs money. Once it is on the wire, a cancellation no longer tears the connection down: the answer has a short
/// bounded time to arrive. And once its end is known, whoever sends it again is told that end once more.
/// </summary>
internal sealed class CreateGuardHandler : DelegatingHandler
{
    /// <summary>How long a cancelled create waits for its answer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly BatchGatewayOptions _options;

    public CreateGuardHandler(BatchGatewayOptions options) => _options = options;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        GatewayCall.Of(request).OneShot is { } create
            ? SendAloneAsync(create, request, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendAloneAsync(
        OneShotContent create, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!create.TryEnter())
            throw new InvalidOperationException("The create is on its way already, and a second one beside it was stopped: it might have paid twice.");

        try
        {
            return await SendCreateAsync(create, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            create.Leave();
        }
    }

    private async Task<HttpResponseMessage> SendCreateAsync(
        OneShotContent create, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (create.Outcome is { } outcome)
            return outcome.Replay(request);

        using CancellationTokenSource work = new(Timeout.InfiniteTimeSpan, _options.NetworkClock);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => Cancel(create, work), null);
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, work.Token).ConfigureAwait(false);
            create.Outcome = new SettledOutcome(response);
            return response;
        }
        catch (Exception exception) when (create.Sent)
        {
            create.Outcome = new SettledOutcome(exception);
            throw;
        }
    }

    private static void Cancel(OneShotContent create, CancellationTokenSource work)
    {
        create.GiveUp();
        if (create.Sent)
            work.CancelAfter(Grace);
        else
            work.Cancel();
    }
}
