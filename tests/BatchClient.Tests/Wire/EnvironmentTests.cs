using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BatchGateway.Tests.Wire;

[NonParallelizable]
public sealed class EnvironmentTests
{
    private static readonly string[] Names = ["CONTROL_PLANE_URL", "API_PATH", "API_KEY", "PROVIDER"];
    private readonly Dictionary<string, string?> _before = [];

    [SetUp]
    public void SetUp()
    {
        foreach (string name in Names.Select(name => "BATCHCLIENT_" + name))
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [TearDown]
    public void TearDown()
    {
        foreach ((string name, string? value) in _before)
            Environment.SetEnvironmentVariable(name, value);
    }

    [Test]
    public async Task AddBatchClient_NothingConfigured_TakesTheVariables()
    {
        await using RawServer server = new(WireCall.Get.Success);
        SetAll(server.Origin);
        await using ServiceProvider provider = new ServiceCollection().AddBatchClient().Services.BuildServiceProvider();

        await provider.GetRequiredService<IBatchClient>().Batches.GetAsync("b");

        Assert.That(server.Single.Target, Is.EqualTo("/v7/batches/b"));
        Assert.That((server.Single["Authorization"], server.Single[GatewayHeaders.Provider]), Is.EqualTo(("Bearer env-key", "env-provider")));
    }

    [Test]
    public void AddBatchClient_AddressConfiguredWithoutAKey_NeverGetsTheKeyOfTheEnvironment()
    {
        SetAll("https://env.example");
        ServiceCollection services = new();
        services.AddBatchClient();
        services.Configure<BatchGatewayOptions>(options => options.ControlPlaneUrl = "https://other.example");
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IBatchClient>(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("There is no token"));
    }

    [Test]
    public void AddBatchClient_AddressConfiguredAfterwards_NeverGetsTheKeyOfTheEnvironment()
    {
        SetAll("https://env.example");
        ServiceCollection services = new();
        services.AddBatchClient();
        services.PostConfigure<BatchGatewayOptions>(options => options.ControlPlaneUrl = "https://other.example");
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IBatchClient>(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("BATCHCLIENT_API_KEY, which belongs to"));
    }

    [Test]
    public void AddBatchClient_KeyInTheEnvironmentWithoutAnAddress_IsNotTaken()
    {
        SetAll(null);
        using ServiceProvider provider = new ServiceCollection().AddBatchClient().Services.BuildServiceProvider();

        OptionsValidationException failed = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IBatchClient>())!;

        Assert.That(failed.Failures.ToArray(), Has.Length.EqualTo(2).And.Some.Contains("ControlPlaneUrl is missing").And.Some.Contains("There is no token"));
    }

    [Test]
    public void AddBatchClient_ActionOrKeyed_DoesNotLookAtTheEnvironment()
    {
        SetAll("https://env.example");
        ServiceCollection services = new();
        services.AddBatchClient(_ => { });
        services.AddKeyedBatchClient("eu", _ => { });
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IBatchClient>(), Throws.TypeOf<OptionsValidationException>());
        Assert.That(() => provider.GetRequiredKeyedService<IBatchClient>("eu"), Throws.TypeOf<OptionsValidationException>());
    }

    [Test]
    public void AddBatchClient_KeyFileConfigured_IsNotJoinedByTheKeyOfTheEnvironment()
    {
        SetAll("https://env.example");
        ServiceCollection services = new();
        services.AddBatchClient();
        services.Configure<BatchGatewayOptions>(options => options.ApiKeyFile = "key");
        using ServiceProvider provider = services.BuildServiceProvider();

        BatchGatewayOptions options = provider.GetRequiredService<IOptionsMonitor<BatchGatewayOptions>>().CurrentValue;

        Assert.That((options.ControlPlaneUrl, options.ApiKey, options.ApiKeyFile), Is.EqualTo(("https://env.example", (string?)null, "key")));
    }

    private static void SetAll(string? url)
    {
        Environment.SetEnvironmentVariable("BATCHCLIENT_CONTROL_PLANE_URL", url);
        Environment.SetEnvironmentVariable("BATCHCLIENT_API_PATH", "/v7");
        Environment.SetEnvironmentVariable("BATCHCLIENT_API_KEY", "env-key");
        Environment.SetEnvironmentVariable("BATCHCLIENT_PROVIDER", "env-provider");
    }
}
