using System.Net;
using System.Net.Http.Headers;
using BatchGateway.Internal.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Internal.Http;

/// <summary>
/// Innermost: asks for the token at every attempt, and once more after a 401, if the token has changed and the body can be sent again.
/// </summary>
internal sealed class AuthenticationHandler : DelegatingHandler
{
    private readonly TokenSource _tokens;
    private readonly ILogger _logger;

    // Calls at once may overwrite each other's: the header is asked whether it has the token, and made anew if not.
    private AuthenticationHeaderValue _last = new("Bearer");

    public AuthenticationHandler(TokenSource tokens, ILogger logger)
    {
        _tokens = tokens;
        _logger = logger;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        GatewayCall call = GatewayCall.Of(request);
        if (call.IsBare)
            return await SendBareAsync(call, request, cancellationToken).ConfigureAwait(false);

        string token = await _tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await SendWithAsync(token, call, request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;

        // A 401 is a definite refusal: nothing was created.
        call.OneShot?.MakeReadyAgain();
        if (!call.CanRepeat || await FreshTokenAsync(token, cancellationToken).ConfigureAwait(false) is not { } fresh)
            return response;

        response.Dispose();
        _logger.TokenRefreshed(call.Operation);
        return await SendWithAsync(fresh, call, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Another token than the refused one; null when there is none, for then the refusal itself is the news.</summary>
    private async ValueTask<string?> FreshTokenAsync(string refused, CancellationToken cancellationToken)
    {
        try
        {
            string token = await _tokens.GetAsync(cancellationToken).ConfigureAwait(false);
            return token == refused ? null : token;
        }
        catch (BatchClientException)
        {
            return null;
        }
    }

    private Task<HttpResponseMessage> SendWithAsync(
        string token, GatewayCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        call.SentToken = token;
        request.Headers.Authorization = HeaderOf(token);
        return SendOnceAsync(call, request, cancellationToken);
    }

    private AuthenticationHeaderValue HeaderOf(string token)
    {
        AuthenticationHeaderValue last = _last;
        return last.Parameter == token ? last : _last = new AuthenticationHeaderValue("Bearer", token);
    }

    private Task<HttpResponseMessage> SendBareAsync(GatewayCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The application's default headers and handlers have put on what was meant for the gateway only.
        request.Headers.Clear();
        RequestHeaders.AddRangeTo(request.Headers, call.Options);
        return SendOnceAsync(call, request, cancellationToken);
    }

    private Task<HttpResponseMessage> SendOnceAsync(GatewayCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        call.Attempts.Add();
        return base.SendAsync(request, cancellationToken);
    }
}
