namespace BatchGateway.Internal.Http;

/// <summary>How often something is tried and how long the pauses are: the same for calls and for downloads that broke off.</summary>
internal sealed class RetryPolicy
{
    private readonly BatchGatewayOptions _options;

    public RetryPolicy(BatchGatewayOptions options) => _options = options;

    /// <summary>For content that comes from an application's own fake and so knows no options.</summary>
    public static RetryPolicy Default { get; } = new(new BatchGatewayOptions());

    public int MaxAttempts => _options.MaxAttempts;

    /// <summary>What the pauses are measured by.</summary>
    public TimeProvider Clock => _options.TimeProvider;

    /// <summary>The pause after a failure, counted from 0: doubled each time up to the cap, less up to half of it by chance.</summary>
    public TimeSpan Delay(int failure)
    {
        double doubled = _options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failure, 30));
        double capped = Math.Min(doubled, _options.MaxRetryDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(capped * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
