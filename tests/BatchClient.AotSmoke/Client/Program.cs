using BatchGateway;
using BatchGateway.AotSmoke;
using Microsoft.Extensions.DependencyInjection;

return await Stage.RunAsync(args, FirstAsync, LifeAsync);

static async Task<string> FirstAsync()
{
    ServiceCollection services = new();
    services.AddBatchClient(options => (options.ControlPlaneUrl, options.ApiKey) = ("gateway.example", "key"))
        .Control.ConfigurePrimaryHttpMessageHandler(() => new CannedGateway());
    await using ServiceProvider provider = services.BuildServiceProvider();

    Batch batch = await provider.GetRequiredService<IBatchClient>().Batches.GetAsync("batch_1");
    return batch.Status.ToString();
}

static async Task<int> LifeAsync(string[] gateway)
{
    ServiceCollection services = new();
    services.AddBatchClient(options => (options.ControlPlaneUrl, options.ApiKey) = (gateway[0], gateway[1]));
    await using ServiceProvider provider = services.BuildServiceProvider();

    Life life = new(provider.GetRequiredService<IBatchClient>());
    return await life.CountCompletionsAsync();
}
