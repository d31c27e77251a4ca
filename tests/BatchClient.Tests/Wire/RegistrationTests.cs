using BatchGateway.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BatchGateway.Tests.Wire;

public sealed class RegistrationTests
{
    [Test]
    public async Task AddBatchClient_Action_IsAClientThatWorks()
    {
        await using RawServer server = new(WireCall.Get.Success);
        await using ServiceProvider provider = new ServiceCollection().AddBatchClient(options => Point(options, server, "unkeyed")).Services.BuildServiceProvider();

        IBatchClient client = provider.GetRequiredService<IBatchClient>();
        Batch batch = await client.Batches.GetAsync("batch_1");

        Assert.That(batch.Id, Is.EqualTo("batch_1"));
        Assert.That(server.Single["Authorization"], Is.EqualTo("Bearer unkeyed"));
        Assert.That(provider.GetRequiredService<IBatchClient>(), Is.SameAs(client));
    }

    [Test]
    public async Task AddBatchClient_Section_BindsEveryMember()
    {
        await using RawServer server = new(WireCall.Get.Success);
        IConfiguration section = Section(
            ("ControlPlaneUrl", server.Origin), ("ApiPath", "/v1"), ("ApiKey", "k"), ("Provider", "p"), ("AllowInsecureHttp", "true"),
            ("GatewayMetadata:team", "search"), ("Headers:x-own", "h"), ("ControlTimeout", "00:00:11"), ("TransferIdleTimeout", "00:00:12"),
            ("ConnectTimeout", "00:00:13"), ("MaxAttempts", "5"), ("RetryDelay", "00:00:14"), ("MaxRetryDelay", "00:00:15"));
        await using ServiceProvider provider = new ServiceCollection().AddBatchClient(section).Services.BuildServiceProvider();

        await provider.GetRequiredService<IBatchClient>().Batches.GetAsync("batch_1");

        BatchGatewayOptions options = provider.GetRequiredService<IOptionsMonitor<BatchGatewayOptions>>().CurrentValue;
        Assert.That(server.Single.Target, Is.EqualTo("/v1/batches/batch_1"));
        Assert.That(new[] { "Authorization", "x-tfy-provider-name", "x-tfy-metadata", "x-own" }.Select(name => server.Single[name]),
            Is.EqualTo(new[] { "Bearer k", "p", """{"team":"search"}""", "h" }));
        Assert.That(
            new[] { options.ControlTimeout, options.TransferIdleTimeout, options.ConnectTimeout, options.RetryDelay, options.MaxRetryDelay }.Select(limit => limit.TotalSeconds),
            Is.EqualTo(new double[] { 11, 12, 13, 14, 15 }));
        Assert.That((options.MaxAttempts, options.AllowInsecureHttp), Is.EqualTo((5, true)));
    }

    [Test]
    public async Task AddBatchClient_OptionsConfiguredElsewhere_AreUsed()
    {
        await using RawServer server = new(WireCall.Get.Success);
        ServiceCollection services = new();
        services.AddBatchClient();
        services.Configure<BatchGatewayOptions>(options => Point(options, server, "elsewhere"));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b");

        Assert.That(server.Single["Authorization"], Is.EqualTo("Bearer elsewhere"));
    }

    [Test]
    public async Task AddKeyedBatchClient_BesideAnUnkeyedOne_EachHasItsOwnOptions()
    {
        await using RawServer server = new() { Otherwise = WireCall.Get.Success };
        ServiceCollection services = new();
        services.AddBatchClient(options => Point(options, server, "unkeyed"));
        services.AddKeyedBatchClient("eu", options => Point(options, server, "eu"));
        services.AddKeyedBatchClient("us", Section(("ControlPlaneUrl", server.Origin), ("ApiKey", "us")));
        services.AddTransient<Consumer>();
        await using ServiceProvider provider = services.BuildServiceProvider();

        Consumer consumer = provider.GetRequiredService<Consumer>();
        await consumer.Unkeyed.Batches.GetAsync("b");
        await consumer.Europe.Batches.GetAsync("b");
        await provider.GetRequiredKeyedService<IBatchClient>("us").Batches.GetAsync("b");

        Assert.That(server.Requests.Select(request => request["Authorization"]), Is.EqualTo(new[] { "Bearer unkeyed", "Bearer eu", "Bearer us" }));
    }

    [Test]
    public async Task AddKeyedBatchClient_Alone_RegistersNothingUnkeyed()
    {
        ServiceCollection services = new();
        services.AddKeyedBatchClient("eu", options => options.ControlPlaneUrl = "acme.example");
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(provider.GetService<IBatchClient>(), Is.Null);
        Assert.That(services.Where(service => service.ServiceType == typeof(IBatchClient)).Select(service => service.ServiceKey), Is.EqualTo(new[] { "eu" }));
    }

    [Test]
    public async Task AddBatchClient_Twice_DoublesNoHandler()
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Json(503, "{}") };
        int asked = 0;
        ServiceCollection services = new();
        services.AddBatchClient(options => Point(options, server, null));
        services.AddBatchClient(options =>
        {
            options.TokenProvider = _ => ValueTask.FromResult($"token-{++asked}");
            options.MaxAttempts = 2;
        });
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(async () => await provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b"), Throws.TypeOf<BatchApiException>());
        Assert.That((server.Requests.Count, asked), Is.EqualTo((2, 2)));
        Assert.That(provider.GetServices<IBatchClient>().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Create_WithoutAContainer_IsAClientThatOwnsItsConnections()
    {
        await using RawServer server = new(WireCall.Get.Success);
        OwnedBatchClient client = BatchClientFactory.Create(new BatchGatewayOptions { ControlPlaneUrl = server.Origin, ApiKey = "k" });

        await client.Batches.GetAsync("b");
        client.Dispose();

        Assert.That(async () => await client.Batches.GetAsync("b"), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Validate_SeveralMistakes_AreSaidAtOnceWhenTheHostStarts()
    {
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.MaxAttempts = 0;
            options.ControlTimeout = TimeSpan.Zero;
            options.Headers["Authorization"] = "Bearer s3cr3t";
            options.GatewayMetadata["long"] = new string('x', 129);
        });
        services.AddKeyedBatchClient("eu", options => options.ApiKey = "");
        using ServiceProvider provider = services.BuildServiceProvider();

        Exception? failed = Assert.Catch(() => provider.GetRequiredService<IStartupValidator>().Validate());

        string said = failed!.ToString();
        foreach (string part in new[]
        {
            "ControlPlaneUrl is missing", "There is no token", "MaxAttempts is 0", "ControlTimeout is 00:00:00", "'Authorization' cannot be set", "'long' has 129",
            "BatchGatewayOptions 'eu': ControlPlaneUrl is missing", "BatchGatewayOptions 'eu': ApiKey is empty",
        })
        {
            Assert.That(said, Does.Contain(part));
        }

        Assert.That(said, Does.Not.Contain("s3cr3t"));
    }

    [Test]
    public void Validate_WithoutAHost_HappensAtTheFirstUse()
    {
        ServiceCollection services = new();
        services.AddBatchClient(options => options.ControlPlaneUrl = "acme.example");
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IBatchClient>(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("There is no token"));
        Assert.That(() => BatchClientFactory.Create(new BatchGatewayOptions()), Throws.TypeOf<OptionsValidationException>().With.Property("Failures").Count.EqualTo(2));
    }

    [Test]
    public async Task UseEmulator_OverOtherOptions_PointsEverythingAtTheEmulator()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions { RequiredProvider = "openai-main" });
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "https://gateway.example";
            options.ApiPath = "/v9";
            options.TokenProvider = _ => throw new InvalidOperationException("must not be asked");
        }).UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();

        ListPage<BatchFile> page = await provider.GetRequiredService<IBatchClient>().Files.ListPageAsync();

        Assert.That(page.Data, Is.Empty);
    }

    private static void Point(BatchGatewayOptions options, RawServer server, string? key)
    {
        options.ControlPlaneUrl = server.Origin;
        options.ApiKey = key;
        options.TimeProvider = EmulatorClock.AutoAdvancing();
    }

    private static IConfiguration Section(params (string Name, string Value)[] members) => new ConfigurationBuilder()
        .AddInMemoryCollection(members.Select(member => KeyValuePair.Create($"Gateway:{member.Name}", (string?)member.Value)))
        .Build()
        .GetSection("Gateway");

    private sealed class Consumer(IBatchClient unkeyed, [FromKeyedServices("eu")] IBatchClient europe)
    {
        public IBatchClient Unkeyed => unkeyed;

        public IBatchClient Europe => europe;
    }

    [Test]
    public async Task Dispose_UsedAfterwards_SaysSoAndIsNotTakenForTheNetwork()
    {
        OwnedBatchClient client = BatchClientFactory.Create(new BatchGatewayOptions { ControlPlaneUrl = "http://127.0.0.1:9", ApiKey = "key" });
        IBatchesApi batches = client.Batches;
        BatchOperation operation = client.Attach("batch_1");
        client.Dispose();

        Assert.That(async () => await batches.GetAsync("batch_1"), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await operation.WaitAsync(), Throws.InstanceOf<ObjectDisposedException>());
        await Task.CompletedTask;
    }
}
