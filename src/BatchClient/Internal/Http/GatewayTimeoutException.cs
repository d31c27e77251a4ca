namespace BatchGateway.Internal.Http;

/// <summary>One of our limits ran out; carries which, on its way to the translator.</summary>
internal sealed class GatewayTimeoutException : TimeoutException
{
    public GatewayTimeoutException(string option, TimeSpan limit, Exception? innerException)
        : base($"{option} ran out after {limit}.", innerException)
    {
        Option = option;
        Limit = limit;
    }

    public string Option { get; }

    public TimeSpan Limit { get; }
}
