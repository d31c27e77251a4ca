using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BatchGateway.Emulator.Internal;

/// <summary>The way of every request: written down, met by a fault perhaps, admitted, handled, answered.</summary>
internal sealed class Gateway(
    Router router,
    EmulatorRoute anyCall,
    Gatekeeper gatekeeper,
    int unsupportedStatus,
    EmulatorClock clock,
    RequestLog log,
    CancellationToken stopping) : IHttpApplication<Exchange>
{
    public Exchange CreateContext(IFeatureCollection contextFeatures) => new(new DefaultHttpContext(contextFeatures), clock, log, stopping);

    public void DisposeContext(Exchange context, Exception? exception) => context.Dispose();

    public async Task ProcessRequestAsync(Exchange context)
    {
        RouteMatch match = router.Match(context.Request.Method, context.RawTarget);
        LedgerRequest arrival = context.Enter(match.Endpoint?.Route.Name ?? "");

        Fault? onAnyCall = anyCall.TakeFault(arrival);
        Fault? fault = match.Endpoint?.Route.TakeFault(arrival) ?? onAnyCall;
        if (fault is not null && await fault.EndBeforeWorkAsync(context).ConfigureAwait(false))
            return;

        Reply reply = await WorkAsync(context, match).ConfigureAwait(false);
        await (fault?.AnswerAsync(context, reply) ?? context.SendAsync(reply)).ConfigureAwait(false);
    }

    private async Task<Reply> WorkAsync(Exchange exchange, RouteMatch match)
    {
        try
        {
            gatekeeper.Admit(exchange);
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
