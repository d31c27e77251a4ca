using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Snippets;

public sealed class GettingStartedSnippets
{
    [Test]
    public void Register_FromConfiguration_GivesBothClients()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:ControlPlaneUrl"] = "acme.truefoundry.cloud",
            ["Gateway:ApiKey"] = "a-key",
            ["Gateways:Eu:ControlPlaneUrl"] = "eu.acme.truefoundry.cloud",
            ["Gateways:Eu:ApiKey"] = "another-key",
        }).Build();
        ServiceCollection services = new();

        services.AddBatchClient(configuration.GetSection("Gateway"));
        services.AddKeyedBatchClient("eu", configuration.GetSection("Gateways:Eu"));

        services.AddTransient<Nightly>();
        using ServiceProvider provider = services.BuildServiceProvider();
        Nightly nightly = provider.GetRequiredService<Nightly>();
        Assert.That(nightly.For("eu"), Is.Not.SameAs(nightly.For("us")));
    }

    [Test]
    public void Register_FromEnvironment_AddsTheClient()
    {
        ServiceCollection services = new();

        services.AddBatchClient();

        Assert.That(services.Any(service => service.ServiceType == typeof(IBatchClient)));
    }

    [Test]
    public void Create_WithoutContainer_IsUsable()
    {
        using OwnedBatchClient gateway = BatchClientFactory.Create(new BatchGatewayOptions
        {
            ControlPlaneUrl = "acme.truefoundry.cloud",
            ApiKeyFile = "/run/secrets/gateway-key",
            Provider = "openai-main",
        });

        Assert.That(gateway.Batches, Is.Not.Null);
    }

    [Test]
    public void Register_WithTokenProvider_IsUsable()
    {
        ServiceCollection services = new();
        TokenCache tokens = new();

        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "acme.truefoundry.cloud";
            options.TokenProvider = cancellationToken => tokens.GetAsync(cancellationToken);
        });

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IBatchClient>(), Is.Not.Null);
    }

    [Test]
    public async Task Call_WithOptions_ReachesTheGateway()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IEnumerable<BatchRequestLine> lines = Fixture.Lines;

        BatchCallOptions vertex = new()
        {
            Provider = "vertex-eu",
            GatewayMetadata = { ["team"] = "search" },
            Headers =
            {
                [GatewayHeaders.VertexRegion] = "europe-west4",
                [GatewayHeaders.VertexStorageBucket] = "search-batches",
                [GatewayHeaders.ProviderModel] = "gemini-2.0-flash",
            },
        };
        BatchOperation operation = await gateway.SubmitAsync(lines, new SubmitOptions { Call = vertex });

        Assert.That(operation.Reference.Provider, Is.EqualTo("vertex-eu"));
        Assert.That(fixture.Emulator.Ledger.Requests.Select(request => request.Headers[GatewayHeaders.VertexRegion]), Has.All.EqualTo("europe-west4"));
    }

    [Test]
    public async Task Prepare_SavedReference_IsGoneOnWith()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IEnumerable<BatchRequestLine> lines = Fixture.Lines;
        string path = fixture.PathOf("batch.json");

        await StartAsync(gateway, lines, path);
        Batch end = await GoOnAsync(gateway, path);

        Assert.That(end.Status, Is.EqualTo(BatchStatus.Completed));
    }

    [Test]
    public async Task Rate_StructuredOutput_GivesTypedAnswers()
    {
        await using Fixture fixture = await Fixture.StartAsync();

        Dictionary<Review, Sentiment?> ratings = await new Sentiments(fixture.Gateway).RateAsync([new Review("r-1", "Good coffee.")]);

        Assert.That(ratings.Values, Has.All.Not.Null);
    }

    private static async Task StartAsync(IBatchClient gateway, IEnumerable<BatchRequestLine> lines, string path)
    {
        PreparedBatch prepared = await gateway.PrepareAsync(lines);                  // uploaded; nothing is paid yet
        await File.WriteAllTextAsync(path, prepared.Reference.ToJson());             // what another process needs to go on

        BatchOperation operation = await prepared.CreateAsync();                     // the call that costs money
        await File.WriteAllTextAsync(path, operation.Reference.ToJson());            // now with the id of the batch
    }

    private static async Task<Batch> GoOnAsync(IBatchClient gateway, string path)
    {
        BatchReference reference = BatchReference.FromJson(await File.ReadAllTextAsync(path));
        BatchOperation operation = gateway.Attach(reference);

        Batch end = await operation.WaitAsync(
            new WaitOptions { Timeout = TimeSpan.FromHours(30) },
            new Progress<BatchProgress>(poll => Console.WriteLine($"{poll.Elapsed} {poll.Batch?.Status} {poll.Batch?.RequestCounts?.Completed}")));
        return end.EnsureCompleted();
    }

    private sealed class TokenCache
    {
        private readonly string _token = "a-token";

        public ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
            cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<string>(cancellationToken) : ValueTask.FromResult(_token);
    }
}
