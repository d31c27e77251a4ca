using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Snippets;

public sealed class TestingSnippets
{
    [Test]
    public async Task Submit_BatchExpires_UnfinishedLinesAreExpired()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Script = new() { RunningFor = TimeSpan.FromHours(48) },   // longer than the completion window of 24 h
        });
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();
        IBatchClient gateway = provider.GetRequiredService<IBatchClient>();

        BatchOperation operation = await gateway.SubmitAsync(Fixture.Lines);
        Batch end = await operation.WaitAsync();   // a day on the emulator's clock; milliseconds here

        Assert.That(end.Status, Is.EqualTo(BatchStatus.Expired));
        Assert.That(await KindsAsync(operation), Has.Some.EqualTo(BatchOutcomeKind.Expired));
    }

    [Test]
    public async Task Responder_OneLineFails_TheOtherHasItsAnswer()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Script = new()
            {
                Responder = request => request.CustomId == "q-2"
                    ? EmulatedResponse.Error(429, "rate_limit_exceeded", "Too many requests.")
                    : EmulatedResponse.Chat("Because of Rayleigh scattering."),
            },
        });
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();

        BatchOperation operation = await provider.GetRequiredService<IBatchClient>().SubmitAsync(Fixture.Lines);
        await operation.WaitAsync();

        Assert.That(await KindsAsync(operation), Is.EquivalentTo(new[] { BatchOutcomeKind.Succeeded, BatchOutcomeKind.Failed }));
    }

    [Test]
    public async Task Faults_BadNetwork_OneBatchIsMade()
    {
        await using Fixture fixture = await Fixture.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI });
        BatchGatewayEmulator emulator = fixture.Emulator;

        emulator.OnUploadFile.Drop();                    // the connection is reset
        emulator.OnCreateBatch.LoseAnswer();             // created, but the answer never arrives
        emulator.OnGetBatch.Answer(503, times: 2);       // the gateway is busy

        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
        await operation.WaitAsync();

        Assert.That(emulator.Ledger.BatchesCreatedFor(operation.Reference.InputFileId!), Has.Count.EqualTo(1));
        Assert.That(emulator.Ledger.Count(emulator.OnCreateBatch), Is.EqualTo(1));
    }

    [Test]
    public async Task Faults_Picked_TheJobIsDoneAllTheSame()
    {
        await using Fixture fixture = await Fixture.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI });
        BatchGatewayEmulator emulator = fixture.Emulator;

        emulator.OnGetBatch.Every(3).Answer(503, retryAfter: TimeSpan.FromSeconds(7));            // every third get
        emulator.OnFileContent.Always.RedirectToSigned();                                         // the content is on another port
        emulator.OnFileContent.When(request => !request.Headers.ContainsKey("Range")).CutBody(200, times: 1);
        emulator.OnAnyCall.Sometimes(0.1, seed: 7).Delay(TimeSpan.FromSeconds(20));               // one in ten, the same ones in every run

        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
        await operation.WaitAsync();

        Assert.That(await KindsAsync(operation), Has.All.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(emulator.Ledger.Count(emulator.OnSignedContent), Is.Positive);
    }

    [Test]
    public async Task Scripts_OneAfterTheOther_EachBatchLivesByItsOwn()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        BatchGatewayEmulator emulator = fixture.Emulator;

        emulator.ScriptNextBatch(emulator.Script.FailsValidation("token_limit_exceeded", "Enqueued token limit reached."));
        emulator.ScriptNextBatch(emulator.Script with { RunningFor = TimeSpan.FromHours(48), ExpiresLateBy = TimeSpan.FromMinutes(10) });
        emulator.ScriptNextBatch(emulator.Script.Tells("paused", from: TimeSpan.FromMinutes(1), until: TimeSpan.FromMinutes(2)));
        emulator.Script = emulator.Script with { FileIdsAfter = TimeSpan.FromMinutes(5) };   // all later ones name their files late

        List<BatchStatus> ends = [];
        for (int batch = 0; batch < 4; batch++)
        {
            BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
            ends.Add((await operation.WaitAsync()).Status);
        }

        Assert.That(ends, Is.EqualTo(new[] { BatchStatus.Failed, BatchStatus.Expired, BatchStatus.Completed, BatchStatus.Completed }));
    }

    [Test]
    public async Task Lines_ByRule_BecomeWhatTheFirstRuleSays()
    {
        await using Fixture fixture = await Fixture.StartAsync(new EmulatorOptions
        {
            Script = new EmulatorScript()
                .Lines(request => request.CustomId == "q-1", request => EmulatedResponse.Default(request).As(OddLine.NoCustomId))
                .Lines(request => request.CustomId == "q-2", EmulatedResponse.Vanish)
                .Lines(0.01, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast.")),   // of all others one in a hundred
        });

        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
        await operation.WaitAsync();

        Assert.That(fixture.Emulator.Ledger.LinesBilled, Has.Count.EqualTo(2));
        Assert.That(async () => await KindsAsync(operation), Throws.InstanceOf<BatchResponseException>(), "no line names an item");
    }

    [Test]
    public async Task Clock_Manual_StandsStillUntilAdvanced()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions { Clock = EmulatorClock.Manual() });
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();
        IBatchClient gateway = provider.GetRequiredService<IBatchClient>();
        BatchOperation operation = await gateway.SubmitAsync(Fixture.Lines);

        emulator.Clock.Advance(TimeSpan.FromSeconds(30));
        Batch batch = await operation.RefreshAsync();

        Assert.That(batch.Status, Is.EqualTo(BatchStatus.InProgress));
    }

    [Test]
    public void Models_MadeByHand_AreSnapshots()
    {
        Batch batch = new()
        {
            Id = "batch_1",
            Status = BatchStatus.Completed,
            OutputFileId = "file_2",
            RequestCounts = new BatchRequestCounts { Total = 2, Completed = 2, Failed = 0 },
        };

        Assert.That(batch.EnsureCompleted(), Is.SameAs(batch));
    }

    private static async Task<List<BatchOutcomeKind>> KindsAsync(BatchOperation operation)
    {
        List<BatchOutcomeKind> kinds = [];
        await foreach (var outcome in operation.ReadOutcomesAsync(Fixture.Questions, question => question.Id, line => line.ChatText))
            kinds.Add(outcome.Kind);
        return kinds;
    }

    /// <summary>Shown on the page; a test that waits for a key press cannot be run.</summary>
    internal static async Task InAnotherProcess()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Clock = EmulatorClock.RealTime(),
            Port = 8085,
            ApiKey = "emulator-key",
            RequiredProvider = "openai-main",
        });
        Console.WriteLine($"Listening at {emulator.BaseUrl}. Enter ends it.");
        Console.ReadLine();
    }
}
