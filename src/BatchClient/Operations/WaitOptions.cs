namespace BatchGateway;

/// <summary>How a wait for the end of a batch goes about it.</summary>
public sealed class WaitOptions
{
    /// <summary>
    /// How long to wait at most; null, the default, for as long as it takes. Nothing but this ends a wait that gets no
    /// answers.
    /// </summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The delay after the first poll. Default: 2 seconds. It grows by half with each poll.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The longest delay between two polls. Default: 1 minute. A longer <c>Retry-After</c> of the gateway's is obeyed, and
    /// reported.
    /// </summary>
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromMinutes(1);
}
