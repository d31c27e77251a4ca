using System.Net;
using BatchGateway.Internal.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Internal.Http;

/// <summary>
/// Innermost: asks for the token at every attempt, and once more after a 401, if the token has changed and the body can be sent again.
/// </summary>
internal sealed class Authentication
{
    private const string Scheme = "Bearer ";

    private readonly TokenSource _tokens;
    private readonly ILogger _logger;
    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _send;

    // Calls at once may overwrite each other's: the header is asked whether it has the token, and made anew if not.
    private string _lastHeader = Scheme;

    public Authentication(TokenSource tokens, ILogger logger, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send)
    {
        _tokens = tokens;
        _logger = logger;
        _send = send;
    }

    public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
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
        call.Options?.TokenUsed?.Invoke(token);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", HeaderOf(token));
        return SendOnceAsync(call, request, cancellationToken);
    }

    private string HeaderOf(string token)
    {
        string last = _lastHeader;
        return last.AsSpan(Scheme.Length).SequenceEqual(token) ? last : _lastHeader = Scheme + token;
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
        (call.Origin ?? call).CountAttempt();
        return _send(request, cancellationToken);
    }
}
