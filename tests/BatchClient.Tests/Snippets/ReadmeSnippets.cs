using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Snippets;

public sealed class ReadmeSnippets
{
    [Test]
    public async Task Answer_TwoQuestions_OneBatchIsPaidFor()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync();
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Faq faq = new(provider.GetRequiredService<IBatchClient>());
        await faq.AnswerAsync([new Question("q-1", "Why is the sky blue?"), new Question("q-2", "Why is grass green?")]);

        Assert.That(emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        Assert.That(emulator.Ledger.LinesBilled.Values, Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public void Register_WithOptions_IsUsable()
    {
        ServiceCollection services = new();
        string key = "a-key";

        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "acme.truefoundry.cloud";   // a host or a URL
            options.ApiKey = key;                                 // or ApiKeyFile, or TokenProvider
            options.Provider = "openai-main";                     // the provider account: x-tfy-provider-name
        });

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IBatchClient>(), Is.Not.Null);
    }

    [Test]
    public async Task CreateAndGet_UploadedFile_GivesATypedBatch()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        string path = fixture.PathOf("requests.jsonl");
        string results = fixture.PathOf("results.jsonl");
        await File.WriteAllTextAsync(path, Fixture.OneLine);

        BatchFile file = await gateway.Files.UploadAsync(path);

        Batch batch = await gateway.Batches.CreateAsync(new CreateBatchRequest
        {
            InputFileId = file.Id,
            Endpoint = BatchEndpoint.ChatCompletions,
            JobName = "nightly",
        });

        batch = await gateway.Batches.GetAsync(batch.Id);
        Console.WriteLine($"{batch.Status}: {batch.RequestCounts?.Completed} of {batch.RequestCounts?.Total}, expires {batch.ExpiresAt:u}");

        fixture.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        batch = await gateway.Batches.GetAsync(batch.Id);

        if (batch.OutputFileId is { } output)   // null when every line failed: then only the error file exists
            await gateway.Files.DownloadAsync(output, results);

        Assert.That(await File.ReadAllTextAsync(results), Does.Contain("q-1"));
    }
}
