using System.Net;

namespace BatchGateway.Internal.Http;

/// <summary>
/// The one place where a failure becomes one of our exceptions: the caller's cancellation first, then what a create cannot know.
/// </summary>
internal sealed class FailureTranslator
{
    private readonly BatchGatewayOptions _options;
    private readonly RequestHeaders _headers;

    public FailureTranslator(BatchGatewayOptions options, RequestHeaders headers)
    {
        _options = options;
        _headers = headers;
    }

    /// <summary>What is thrown instead of a failure of the connection or of an answer.</summary>
    public Exception Translate(Exception failure, GatewayCall call, CancellationToken cancellationToken)
    {
        Exception exception = failure is BatchClientException or OperationCanceledException or ObjectDisposedException
            ? failure
            : EchoedToken.Blot(failure, call.SentToken);
        if (call.OneShot is { } create && IsAmbiguous(create, exception))
            return Ambiguous(exception, call);
        if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
            return new OperationCanceledException($"{call.Doing} was cancelled.", exception, cancellationToken);
        // A client that was disposed of: waiting or trying again cannot help.
        if (exception is BatchClientException or ObjectDisposedException)
            return exception;
        if (exception.GetBaseException() is RedirectRefusedException)
            return RedirectRefused(exception, call);

        return call.Content switch
        {
            // What the caller's own stream says in our words needs no others, however deep the connection has wrapped it.
            UploadContent { CallerFailure: BatchClientException own } => own,
            UploadContent { CallerFailure: { } failed } => Unreadable(failed, call),
            _ => Connection(exception, call),
        };
    }

    /// <summary>
    /// Whether a create may have made a batch: the answer is no definite refusal, or the body was sent and there is none.
    /// </summary>
    private static bool IsAmbiguous(OneShotContent create, Exception exception) => exception switch
    {
        BatchApiException api => (int)api.StatusCode is not ((>= 300 and < 400) or 400 or 401 or 402 or 403 or 404 or 405 or 413 or 415 or 422 or 429),
        BatchResponseException => true,
        _ => create.Sent,
    };

    private AmbiguousCreateException Ambiguous(Exception exception, GatewayCall call)
    {
        CreateBatchRequest create = call.Create!;
        string why = exception switch
        {
            BatchApiException { Error.Message: { Length: > 0 } said } api => $"the gateway answered {(int)api.StatusCode} ({said.TrimEnd('.')})",
            BatchApiException api => $"the gateway answered {(int)api.StatusCode}",
            BatchResponseException => "the gateway's answer makes no sense",
            OperationCanceledException => "the call was cancelled after it had been sent, and no answer came in time",
            _ => $"the connection failed after it had been sent ({Describe(exception)})",
        };
        return new AmbiguousCreateException(
            create.InputFileId,
            $"It is not known whether a batch was created for input file '{create.InputFileId}': {why}. "
            + "Creating it again may pay twice. Look for a batch of this file in the gateway's list or console; attach to it if it is there, and "
            + "create again only if it is certain that there is none.",
            exception)
        {
            Endpoint = create.Endpoint,
            Provider = _headers.ProviderOf(call.Options),
            SentAt = call.OneShot!.SentAt,
            Intent = IntentToken.Of(create, call.Options),
            StatusCode = (exception as BatchApiException)?.StatusCode ?? (exception as BatchResponseException)?.StatusCode,
            RequestId = (exception as BatchApiException)?.RequestId ?? (exception as BatchResponseException)?.RequestId,
        };
    }

    private static BatchClientException Unreadable(Exception failure, GatewayCall call) => new(
        $"{call.Doing} failed: the stream that was to be uploaded could not be read, or its progress not be reported ({Describe(failure)}). "
        + "No file was stored. Mend it, then upload again.",
        failure);

    private static BatchResponseException RedirectRefused(Exception exception, GatewayCall call) => new(
        $"{call.Doing} failed: the gateway redirects, and the redirect is not followed. {exception.GetBaseException().Message} Nothing was downloaded.",
        exception)
    {
        StatusCode = HttpStatusCode.Redirect,
    };

    private BatchConnectionException Connection(Exception exception, GatewayCall call)
    {
        (string? timeout, TimeSpan? after) = TimeoutOf(exception);
        string what = timeout is null
            ? $"{call.Doing} failed: no complete answer came from {_options.GetAddress().Uri.Authority} ({Describe(exception)})."
            : $"{call.Doing} failed: {timeout} ran out{(after is { } limit ? $" after {limit.TotalSeconds:0.###} s" : "")} without a complete answer from {_options.GetAddress().Uri.Authority}.";
        string tried = call.Attempts > 1 ? $" It was tried {call.Attempts} times." : "";
        string state = call switch
        {
            { OneShot: not null } => "No batch was created: nothing was sent.",
            { Content: UploadContent, HasSent: false } => "Nothing was sent.",
            { Content: UploadContent } => "A file may have been stored without a known id.",
            _ => "Nothing is lost: the call can be repeated.",
        };
        return new BatchConnectionException($"{what}{tried} {state} Check the network and ControlPlaneUrl, then try again.", exception)
        {
            Timeout = timeout,
            After = after,
        };
    }

    private static (string?, TimeSpan?) TimeoutOf(Exception exception) => exception switch
    {
        GatewayTimeoutException timeout => (timeout.Option, timeout.Limit),
        _ => (null, null),
    };

    private static string Describe(Exception exception)
    {
        if (exception is OperationCanceledException)
            return "a handler of the application's cancelled it";

        Exception root = exception.GetBaseException();
        return $"{root.GetType().Name}: {root.Message.TrimEnd('.')}";
    }
}
