using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Snippets;

public sealed class ProvidersSnippets
{
    [Test]
    public void Register_TwoAddresses_EachHasItsClient()
    {
        ServiceCollection services = new();
        string key = "a-key";

        services.AddBatchClient(options =>                  // TrueFoundry's gateway
        {
            options.ControlPlaneUrl = "acme.truefoundry.cloud";
            options.ApiPath = "/api/llm";                   // only where the default is not right
            options.ApiKey = key;
            options.Provider = "azure-main";
            options.Headers[GatewayHeaders.AzureApiVersion] = "2025-04-01-preview";
        });
        services.AddKeyedBatchClient("direct", options =>   // OpenAI itself, or anything that speaks its API
        {
            options.ControlPlaneUrl = "https://api.openai.com";
            options.ApiPath = "/v1";
            options.ApiKeyFile = "/run/secrets/openai-key";
        });

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IBatchClient>(), Is.Not.SameAs(provider.GetRequiredKeyedService<IBatchClient>("direct")));
    }

    [Test]
    public async Task Bedrock_HeadersAndLimits_GoAlong()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IEnumerable<BatchRequestLine> lines = Enumerable.Range(1, 100).Select(i => BatchRequestLine.Chat($"p-{i}", "claude", "Why?"));

        BatchOperation operation = await gateway.SubmitAsync(lines, new SubmitOptions
        {
            Limits = BatchLimits.Bedrock with { MaxLines = 10_000 },   // what your model takes
            Call = new BatchCallOptions
            {
                Provider = "bedrock-main",
                Headers =
                {
                    [GatewayHeaders.AwsS3Bucket] = "acme-batches",
                    [GatewayHeaders.AwsBedrockModel] = "anthropic.claude-3-5-haiku-20241022-v1:0",
                },
            },
        });

        Assert.That(operation.Reference.Headers, Contains.Key(GatewayHeaders.AwsS3Bucket));
    }
}
