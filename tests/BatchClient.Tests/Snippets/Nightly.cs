using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Snippets;

public sealed class Nightly(IBatchClient gateway, [FromKeyedServices("eu")] IBatchClient europe)
{
    public IBatchClient For(string region) => region == "eu" ? europe : gateway;
}
