namespace BatchGateway;

/// <summary>
/// No complete answer came: the name was not found, the connection failed or broke, or a time limit ran out. For calls that can be
/// repeated this has been tried as often as <see cref="BatchGatewayOptions.MaxAttempts"/> says.
/// </summary>
public sealed class BatchConnectionException : BatchClientException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, how things stand and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public BatchConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Which time limit ran out: the name of the option (<c>ControlTimeout</c>, <c>TransferIdleTimeout</c>, <c>ConnectTimeout</c>), or
    /// <c>HttpClient.Timeout</c> for one that the application set itself. Null when it was no time limit.
    /// </summary>
    public string? Timeout { get; init; }

    /// <summary>How long that limit is; null when it was no time limit.</summary>
    public TimeSpan? After { get; init; }
}
