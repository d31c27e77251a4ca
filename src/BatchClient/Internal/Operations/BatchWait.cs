using System.Net;
using BatchGateway.Internal.Diagnostics;

namespace BatchGateway.Internal.Operations;

/// <summary>One wait for the end of a batch: polls, and tells failures that pass from those that do not.</summary>
internal sealed class BatchWait
{
    private const double Growth = 1.5;

    /// <summary>Keys rotate: how long a refused token may stay refused.</summary>
    private static readonly TimeSpan UnauthorizedLimit = TimeSpan.FromMinutes(15);

    /// <summary>How long after its creation a batch may not be found.</summary>
    private static readonly TimeSpan NotFoundLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan NoticeEvery = TimeSpan.FromHours(1);

    private readonly GatewayBatchOperation _operation;
    private readonly OperationContext _context;
    private readonly WaitOptions _options;
    private readonly IProgress<BatchProgress>? _progress;
    private readonly TimeSpan _limit;
    private readonly long _start;
    private TimeSpan _interval;
    private TimeSpan? _unauthorizedSince;
    private TimeSpan? _lastNotice;
    private bool _hasSeenItRun;

    public BatchWait(GatewayBatchOperation operation, OperationContext context, WaitOptions options, IProgress<BatchProgress>? progress)
    {
        if (options.PollInterval <= TimeSpan.Zero || options.MaxPollInterval < options.PollInterval)
            throw new ArgumentException("PollInterval must be positive, and MaxPollInterval no shorter.", nameof(options));
        if (options.Timeout is { } timeout && timeout != Timeout.InfiniteTimeSpan && timeout < TimeSpan.Zero)
            throw new ArgumentException("Timeout must not be negative; null waits for as long as it takes.", nameof(options));

        _operation = operation;
        _context = context;
        _options = options;
        _progress = progress;
        _interval = options.PollInterval;
        _limit = options.Timeout is { } limit && limit != Timeout.InfiniteTimeSpan ? limit : TimeSpan.MaxValue;
        _start = context.Clock.GetTimestamp();
    }

    private TimeSpan Elapsed => _context.Clock.GetElapsedTime(_start);

    private string Name => _operation.BatchId ?? _operation.Reference.InputFileId!;

    public async Task<Batch> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(_limit <= Pauses.LongestTimer ? _limit : Timeout.InfiniteTimeSpan, _context.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        BatchClientException? failure = null;
        try
        {
            while (true)
            {
                // No timer is as long as the longest limits are.
                if (Elapsed >= _limit)
                    await deadline.CancelAsync().ConfigureAwait(false);
                failure = await PollAsync(either.Token).ConfigureAwait(false);
                if (failure is null && _operation.Latest is { IsTerminal: true } end)
                    return Ended(end);

                _hasSeenItRun |= failure is null;
                TimeSpan pause = Pause(failure);
                Report(failure, pause, Notice(failure));
                await Pauses.DelayAsync(pause, _context.Clock, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(failure);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The wait for batch '{Name}' was cancelled; the batch goes on.", exception, cancellationToken);
        }
    }

    /// <summary>One poll.</summary>
    /// <returns>A failure that may pass; null when there is a new snapshot.</returns>
    private async Task<BatchClientException?> PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _operation.RefreshAsync(cancellationToken).ConfigureAwait(false);
            _unauthorizedSince = null;
            return null;
        }
        catch (BatchClientException exception) when (MayPass(exception))
        {
            _context.Logger.PollFailed(Name, exception.Message);
            return exception;
        }
    }

    private bool MayPass(BatchClientException exception) => exception switch
    {
        AmbiguousCreateException => false,
        BatchConnectionException or BatchResponseException => true,
        BatchApiException { StatusCode: HttpStatusCode.Unauthorized } => StillUnauthorized(),
        BatchApiException { StatusCode: HttpStatusCode.NotFound } => _operation.Age < NotFoundLimit,
        BatchApiException { StatusCode: HttpStatusCode.NotImplemented } => false,
        BatchApiException { StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } => true,
        BatchApiException => false,
        // No token could be had: a secret that is being replaced.
        _ => StillUnauthorized(),
    };

    private bool StillUnauthorized()
    {
        _unauthorizedSince ??= Elapsed;
        return Elapsed - _unauthorizedSince < UnauthorizedLimit;
    }

    private TimeSpan Pause(BatchClientException? failure)
    {
        TimeSpan pause = _interval;
        _interval = Pauses.Next(_interval, Growth, _options.MaxPollInterval);
        return failure is BatchApiException { RetryAfter: { } wish } && wish > pause ? wish : pause;
    }

    private string? Notice(BatchClientException? failure)
    {
        if (failure is BatchApiException { RetryAfter: { } wish } && wish > _options.MaxPollInterval)
            return $"the gateway asks to wait {wish}, longer than MaxPollInterval ({_options.MaxPollInterval}); it is obeyed.";
        if (_operation.Latest is not { Status.Kind: BatchStatusKind.Unknown } batch || Elapsed - _lastNotice < NoticeEvery)
            return null;

        _lastNotice = Elapsed;
        return $"the status '{batch.Status}' is not known; the wait goes on until it changes or one of the times of an end is set.";
    }

    private void Report(BatchClientException? failure, TimeSpan pause, string? notice)
    {
        if (notice is not null)
            _context.Logger.WaitNotice(Name, notice);
        _progress?.Report(new BatchProgress { Batch = _operation.Latest, Elapsed = Elapsed, NextPollIn = pause, Failure = failure, Notice = notice });
    }

    private Batch Ended(Batch end)
    {
        if (_hasSeenItRun)
            Telemetry.RecordBatch(end);
        _progress?.Report(new BatchProgress { Batch = end, Elapsed = Elapsed });
        return end;
    }

    private BatchWaitTimeoutException TimedOut(BatchClientException? failure)
    {
        string stands = _operation.Latest is { } last ? $"It was '{last.Status}' when it was last seen" : "It was never seen";
        string lost = failure is null ? "" : $" The last poll failed: {failure.Message}";
        return new BatchWaitTimeoutException(
            _operation.Latest,
            _options.Timeout!.Value,
            $"Batch '{Name}' did not come to its end within {_options.Timeout}. {stands}, and it goes on at the gateway.{lost} Wait again, or cancel it.",
            failure);
    }
}
