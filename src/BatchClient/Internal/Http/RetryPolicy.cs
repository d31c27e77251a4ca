using BatchGateway.Internal.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchGateway.Internal.Http;

/// <summary>How often something is tried and how long the pauses are: the same for calls and for downloads that broke off.</summary>
internal sealed class RetryPolicy
{
    private readonly BatchGatewayOptions _options;
    private readonly ILogger _logger;

    public RetryPolicy(BatchGatewayOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
    }

    /// <summary>For content that comes from an application's own fake and so knows no options.</summary>
    public static RetryPolicy Default { get; } = new(new BatchGatewayOptions(), NullLogger.Instance);

    public int MaxAttempts => _options.MaxAttempts;

    /// <summary>The pause after a failure, counted from 0: doubled each time up to the cap, less up to half of it by chance.</summary>
    public TimeSpan Delay(int failure)
    {
        double doubled = _options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failure, 30));
        double capped = Math.Min(doubled, _options.MaxRetryDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(capped * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>Says that a download goes on after a pause, and pauses.</summary>
    public Task PauseDownloadAsync(string fileId, long bytes, int failure, BatchConnectionException cut, CancellationToken cancellationToken)
    {
        TimeSpan delay = Delay(failure);
        _logger.DownloadResumes(fileId, bytes, cut.Message, delay);
        Telemetry.CountRetry("file.content", (cut.InnerException ?? cut).GetType().Name);
        return Task.Delay(delay, _options.TimeProvider, cancellationToken);
    }
}
