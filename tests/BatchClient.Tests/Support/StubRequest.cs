using System.Text;

namespace BatchGateway.Tests.Support;

/// <summary>One request as it left the client.</summary>
internal sealed record StubRequest(string Method, Uri Uri, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}
