using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BatchGateway.Emulator.Internal;

/// <summary>The way of every request: written down, met by a fault perhaps, admitted, handled, answered.</summary>
internal sealed class Gateway(
    Router router,
    FrontDoor door,
    Action<Exchange> admit,
    int unsupportedStatus,
    EmulatorClock clock,
    RequestLog log,
    CancellationToken stopping) : IHttpApplication<Exchange>
{
    /// <summary>The page beside the API that tells the ledger; null where there is none.</summary>
    public LedgerPage? LedgerPage { get; init; }

    public Exchange CreateContext(IFeatureCollection contextFeatures) => new(new DefaultHttpContext(contextFeatures), clock, log, stopping);

    public void DisposeContext(Exchange context, Exception? exception) => context.Dispose();

    public Task ProcessRequestAsync(Exchange context) =>
        LedgerPage is not null && LedgerPage.IsAt(context.RawTarget) ? LedgerPage.SendAsync(context) : AnswerAsync(context);

    private async Task AnswerAsync(Exchange exchange)
    {
        RouteMatch match = router.Match(exchange.Request.Method, exchange.RawTarget);
        Fault? fault = door.Enter(exchange, match.Endpoint?.Route);
        if (fault is not null && await fault.EndBeforeWorkAsync(exchange).ConfigureAwait(false))
            return;

        Reply reply = await WorkAsync(exchange, match).ConfigureAwait(false);
        await (fault?.AnswerAsync(exchange, reply) ?? exchange.SendAsync(reply)).ConfigureAwait(false);
    }

    private async Task<Reply> WorkAsync(Exchange exchange, RouteMatch match)
    {
        try
        {
            admit(exchange);
            if (match.Endpoint is not { } endpoint)
                return FrameworkReplies.For(match.PathExists ? 405 : 404);
            if (!endpoint.IsOn)
                return FrameworkReplies.For(unsupportedStatus);
            return await endpoint.Handle(exchange, match.Id).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return refused.Reply;
        }
    }
}
