using System.Net;

namespace BatchGateway.Internal.Http;

/// <summary>One attempt: under its limit, and with the whole of a small answer inside it.</summary>
internal sealed class Attempt
{
    private readonly BatchGatewayOptions _options;
    private readonly Authentication _authentication;

    public Attempt(BatchGatewayOptions options, Authentication authentication)
    {
        _options = options;
        _authentication = authentication;
    }

    public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        GatewayCall call = GatewayCall.Of(request);
        using AttemptLimit limit = call.IsTransfer
            ? AttemptLimit.ForSilence(_options, cancellationToken)
            : AttemptLimit.ForAttempt(_options, cancellationToken);
        call.Limit = limit;
        bool mightBefore = call.MayHaveWorked;

        // Until an answer says otherwise.
        call.MayHaveWorked = true;
        try
        {
            HttpResponseMessage response = await SendAndReadAsync(call, request, limit.Token).ConfigureAwait(false);
            call.MayHaveWorked = mightBefore || response.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
            return response;
        }
        catch (Exception exception) when (limit.Explain(exception) is { } timeout)
        {
            throw timeout;
        }
        catch (OperationCanceledException exception) when (IsConnectTimeout(exception, cancellationToken))
        {
            throw new GatewayTimeoutException(nameof(BatchGatewayOptions.ConnectTimeout), _options.ConnectTimeout, exception);
        }
        finally
        {
            // A connection may still be writing when the answer is already here; it must not touch a limit that is gone.
            call.Limit = null;
        }
    }

    private async ValueTask<HttpResponseMessage> SendAndReadAsync(GatewayCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await _authentication.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (call.StreamsAnswer && response.IsSuccessStatusCode)
            return response;

        try
        {
            HttpContent original = response.Content;
            response.Content = await BufferedContent.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            original.Dispose();
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // The sockets handler reports its connect limit as a cancellation that nobody asked for.
    private static bool IsConnectTimeout(OperationCanceledException exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && exception.InnerException is TimeoutException;
}
