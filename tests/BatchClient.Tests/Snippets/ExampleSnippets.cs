using BatchGateway.Emulator;
using BatchGateway.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Snippets;

/// <summary>The examples in the documentation of members.</summary>
public sealed class ExampleSnippets
{
    [Test]
    public void Registration_ByCode_IsUsable()
    {
        ServiceCollection services = new();

        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "acme.truefoundry.cloud";
            options.ApiKeyFile = "/run/secrets/gateway-key";
            options.Provider = "openai-main";
        });

        services.AddKeyedBatchClient("eu", options =>
        {
            options.ControlPlaneUrl = "eu.acme.truefoundry.cloud";
            options.ApiKeyFile = "/run/secrets/gateway-key-eu";
        });

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IBatchClient>(), Is.Not.SameAs(provider.GetRequiredKeyedService<IBatchClient>("eu")));
    }

    [Test]
    public void Registration_OfRuns_IsUsable()
    {
        ServiceCollection services = new();

        services.AddBatchClient();
        services.AddBatchRuns(options => options.StateFolder = "runs");

        Assert.That(services.Any(service => service.ServiceType == typeof(IBatchRuns)));
    }

    [Test]
    public void Factory_WithAKey_GivesAClient()
    {
        string key = "a-key";

        using OwnedBatchClient gateway = BatchClientFactory.Create(new BatchGatewayOptions
        {
            ControlPlaneUrl = "acme.truefoundry.cloud",
            ApiKey = key,
            Provider = "openai-main",
        });

        Assert.That(gateway.Files, Is.Not.Null);
    }

    [Test]
    public async Task Operation_FromPrepareToOutcomes_HasOneForEachItem()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IReadOnlyList<Question> questions = Fixture.Questions;
        IEnumerable<BatchRequestLine> lines = Fixture.Lines;
        string path = fixture.PathOf("batch.json");

        PreparedBatch prepared = await gateway.PrepareAsync(lines);
        await File.WriteAllTextAsync(path, prepared.Reference.ToJson());
        BatchOperation operation = await prepared.CreateAsync();

        Batch end = await operation.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromHours(30) });
        end.EnsureCompleted();

        await foreach (BatchOutcome<Question, string?> outcome in operation.ReadOutcomesAsync(
            questions, question => question.Id, line => line.ChatText))
        {
            Console.WriteLine($"{outcome.Item.Text} -> {outcome.Result ?? outcome.Error?.ToString()}");
        }

        await foreach (BatchResultLine line in operation.ReadResultsAsync())
            Console.WriteLine($"{line.CustomId}: {line.Kind} {line.ChatText ?? line.Error?.ToString()}");

        Assert.That(fixture.Emulator.Ledger.LinesBilled.Values, Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task Submit_SavedReference_IsAttached()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IReadOnlyList<Question> questions = Fixture.Questions;
        string path = fixture.PathOf("batch.json");

        BatchOperation operation = await gateway.SubmitAsync(
            questions.Select(question => BatchRequestLine.Chat(question.Id, "gpt-4o-mini", question.Text)));
        await File.WriteAllTextAsync(path, operation.Reference.ToJson());

        Assert.That((await AttachAsync(gateway, path)).BatchId, Is.EqualTo(operation.BatchId));
    }

    [Test]
    public async Task Calls_OneByOne_GiveABatchAndAFile()
    {
        await using Fixture fixture = await Fixture.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI });
        IBatchClient gateway = fixture.Gateway;
        string fileId = (await (await gateway.PrepareAsync(Fixture.Lines)).CreateAsync()).Reference.InputFileId!;
        string path = fixture.PathOf("requests.jsonl");

        Batch batch = await gateway.Batches.CreateAsync(new CreateBatchRequest
        {
            InputFileId = fileId,
            Endpoint = BatchEndpoint.ChatCompletions,
        });

        string batchId = batch.Id;
        await ShowAsync(gateway, batchId);
        await foreach (Batch one in gateway.Batches.ListAsync())
            Console.WriteLine(one);

        long bytes = await gateway.Files.DownloadAsync(fileId, path);

        Assert.That(new FileInfo(path).Length, Is.EqualTo(bytes));
    }

    [Test]
    public async Task Files_OfLines_AreSplitPlannedAndRead()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IEnumerable<BatchRequestLine> lines = Fixture.Lines;
        string folder = fixture.PathOf("parts");
        string path = fixture.PathOf("results.jsonl");
        await File.WriteAllTextAsync(path, """{"custom_id":"q-1","error":{"code":"batch_expired","message":"Too late."}}""");

        foreach (BatchRequestFile file in await BatchRequestFile.SplitAsync(folder, lines, BatchLimits.OpenAI))
            await gateway.SubmitAsync(file);

        BatchPlan plan = await BatchPlan.MakeAsync(lines, BatchLimits.OpenAI);
        Console.WriteLine($"{plan.Batches.Count} batches, {plan.LineCount} lines, about {plan.EstimatedTokens} tokens, {plan.ProblemCount} problems");

        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(path))
            Console.WriteLine($"{line.CustomId}: {line.Kind} {line.ChatText ?? line.Error?.ToString()}");

        BatchRequestLine request = BatchRequestLine.Chat("q-1", "gpt-4o-mini", "Why is the sky blue?", system: "Answer in one sentence.");

        Assert.That(request.CustomId, Is.EqualTo("q-1"));
        Assert.That(fixture.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Emulator_WithFaults_IsSetUp()
    {
        ServiceCollection services = new();

        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync();
        services.AddBatchClient().UseEmulator(emulator);
        emulator.OnCreateBatch.LoseAnswer();                 // created, but the answer never arrives

        emulator.Clock.Advance(TimeSpan.FromHours(25));      // a day and an hour later
        IReadOnlyList<string> created = emulator.Ledger.BatchesCreated;

        emulator.OnCreateBatch.LoseAnswer();                 // the next create
        emulator.OnGetBatch.Every(3).Answer(503);            // every third get
        emulator.OnAnyCall.Sometimes(0.1, seed: 7).Drop();   // one request in ten

        emulator.Script = new EmulatorScript { ExpiresLateBy = TimeSpan.FromMinutes(10), RunningFor = TimeSpan.FromHours(48) }
            .Lines(0.01, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));

        Assert.That(created, Is.Empty);
    }

    private static async Task<BatchOperation> AttachAsync(IBatchClient gateway, string path)
    {
        BatchOperation operation = gateway.Attach(BatchReference.FromJson(await File.ReadAllTextAsync(path)));
        await operation.WaitAsync();
        return operation;
    }

    private static async Task ShowAsync(IBatchClient gateway, string batchId)
    {
        Batch batch = await gateway.Batches.GetAsync(batchId);
        Console.WriteLine($"{batch.Status}: {batch.RequestCounts?.Completed} of {batch.RequestCounts?.Total}");
    }
}
