namespace BatchGateway.Internal.Http;

/// <summary>A redirect led from elsewhere to a loopback or link-local address.</summary>
internal sealed class RedirectRefusedException : Exception
{
    public RedirectRefusedException(string host)
        : base($"The redirect to '{host}' leads to a loopback or link-local address and was not followed.")
    {
    }
}
