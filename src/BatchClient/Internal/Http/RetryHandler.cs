using System.Net;
using BatchGateway.Internal.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace BatchGateway.Internal.Http;

/// <summary>
/// Sends again what is safe to send again: see the table in <c>docs/errors-and-retries.md</c>. What an attempt consists of are no handlers
/// of their own, each of which would cost every call a task.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<GatewayCall> CallKey = new("BatchClient.Call");

    private readonly BatchGatewayOptions _options;
    private readonly ILogger _logger;
    private readonly RetryPolicy _policy;
    private readonly Attempt _attempt;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RetryHandler(BatchGatewayOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _policy = new RetryPolicy(options);
        _attempt = new Attempt(options, new Authentication(new TokenSource(options), logger, base.SendAsync));
        _pipeline = options.MaxAttempts > 1 ? Build() : ResiliencePipeline<HttpResponseMessage>.Empty;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(CallKey, GatewayCall.Of(request));
        try
        {
            return await _pipeline.ExecuteAsync(
                static (context, state) => state.Attempt.SendAsync(state.Request, context.CancellationToken),
                context,
                (Attempt: _attempt, Request: request)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> Build() =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _options.TimeProvider }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = _options.MaxAttempts - 1,
                ShouldHandle = attempt => ValueTask.FromResult(ShouldRepeat(CallOf(attempt.Context), attempt.Outcome, attempt.Context.CancellationToken)),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Delay(attempt.AttemptNumber, attempt.Outcome.Result)),
                OnRetry = OnRetry,
            })
            .Build();

    private bool ShouldRepeat(GatewayCall call, Outcome<HttpResponseMessage> outcome, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return false;

        return outcome.Result is { } response
            ? MayRepeatAfter(call, response) && !AsksForMoreThanTheCap(response) && MakeReady(call)
            : call.CanRepeat && IsTransient(call, outcome.Exception!);
    }

    private static bool MayRepeatAfter(GatewayCall call, HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return !ApiErrors.SpeaksOfQuota(response);

        // A create that was answered with anything but 429 is decided, or ambiguous.
        return call.OneShot is null && (response.StatusCode == HttpStatusCode.RequestTimeout
            || ((int)response.StatusCode >= 500 && response.StatusCode != HttpStatusCode.NotImplemented));
    }

    private bool AsksForMoreThanTheCap(HttpResponseMessage response) =>
        RetryAfter.Of(response, _options.TimeProvider) > _options.MaxRetryDelay;

    private static bool MakeReady(GatewayCall call)
    {
        call.OneShot?.MakeReadyAgain();
        return call.CanRepeat;
    }

    private static bool IsTransient(GatewayCall call, Exception exception) =>
        exception is HttpRequestException or IOException or GatewayTimeoutException
        && call.Content is not UploadContent { CallerFailure: not null }
        && exception.GetBaseException() is not RedirectRefusedException;

    private TimeSpan Delay(int attempt, HttpResponseMessage? response)
    {
        TimeSpan own = _policy.Delay(attempt);
        TimeSpan wished = response is null ? TimeSpan.Zero : RetryAfter.Of(response, _options.TimeProvider) ?? TimeSpan.Zero;
        return own > wished ? own : wished;
    }

    private ValueTask OnRetry(OnRetryArguments<HttpResponseMessage> retry)
    {
        GatewayCall call = CallOf(retry.Context);
        string reason = retry.Outcome.Result is { } response
            ? ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : retry.Outcome.Exception!.GetType().Name;
        _logger.Retrying(call.Operation, retry.AttemptNumber + 1, reason, retry.RetryDelay);
        Telemetry.CountRetry(call.Operation, reason);
        retry.Outcome.Result?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static GatewayCall CallOf(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);
}
