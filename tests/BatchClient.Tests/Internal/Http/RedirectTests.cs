using BatchGateway.Tests.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Internal.Http;

public sealed class RedirectTests
{
    [Test]
    public async Task ContentAsync_RedirectedElsewhere_CarriesNoHeaderThatTheApplicationAdds()
    {
        await using RawServer storage = new(RawAnswer.Text(200, "content", null));
        await using RawServer gateway = new(RawAnswer.Text(302, "", null, $"Location: {storage.Origin}/signed"));
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = gateway.Origin;
            options.ApiKey = WireClient.Key;
        }).Transfer.ConfigureHttpClient(client =>
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", "hidden");
            client.DefaultRequestHeaders.Add("Authorization", "Bearer hidden");
        });
        await using ServiceProvider provider = services.BuildServiceProvider();

        await using BatchFileContent content = await provider.GetRequiredService<IBatchClient>().Files.GetContentAsync("file-1");

        Assert.That(storage.Single.Headers.Select(header => header.Key), Is.EqualTo(new[] { "Host" }));
    }
}
