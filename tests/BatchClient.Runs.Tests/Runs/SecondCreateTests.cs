using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>What stands between a create whose answer was lost and another one: time, the key, and a look just before.</summary>
public sealed class SecondCreateTests
{
    [Test]
    public async Task RunAsync_ClockIsSetForward_StillWaitsTenMinutes()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Every(2).Answer(502, times: 1);
        SetClock clock = new(live.Emulator.Clock);
        IBatchRuns runs = await live.RestartAsync(options =>
        {
            options.TimeProvider = clock;
            options.Probe = new ActAt(RunStep.Reconcile, () => clock.Set(TimeSpan.FromMinutes(40)));
        });

        await runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(live.Creates, Has.Length.EqualTo(3));
        Assert.That(live.Creates[2] - live.Creates[1], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(10)));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task ResumeAsync_IntentFoundOpenByAnEarlierProcess_MeasuresTenMinutesAnew()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(5) };
        live.Emulator.OnCreateBatch.Every(2).Answer(502, times: 1);
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Reconcile, after: true, times: 2));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(20, 10)));
        live.Emulator.Clock.Advance(TimeSpan.FromMinutes(30));

        IBatchRuns second = await live.RestartAsync();
        DateTimeOffset resumed = live.Emulator.Clock.GetUtcNow();
        await second.ResumeAsync(LiveRuns.Name);

        Assert.That(live.Creates[2] - resumed, Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(10)));
        await live.ExpectAllPaidOnceAsync(20);
    }

    // A: the key of the intent. B: another one, with which the witness was made, or the list is asked.
    [TestCase("B", "A")]
    [TestCase("A", "B")]
    [TestCase("B", "B")]
    public async Task RunAsync_KeyIsNotTheIntents_ProvesNothing(string ofTheWitness, string ofTheList)
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Every(2).Answer(502, times: 1);
        ManyKeys keys = new(live.Emulator) { Current = ofTheWitness };
        IBatchRuns runs = await live.RestartAsync(
            options =>
            {
                options.Workers = 1;
                options.Probe = new Told((step, isDone, shard) => keys.Current = (step, isDone, shard) switch
                {
                    (RunStep.Uploaded, true, 2) => "A",
                    (RunStep.Create, false, 2) => "A",
                    (RunStep.Reconcile, _, 2) => ofTheList,
                    _ => keys.Current,
                });
            },
            keys.AddTo);

        BatchRunSummary summary = await runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(live.Creates, Has.Length.EqualTo(2));
        Assert.That(summary.Unsettled.Single().Problem, Does.Contain("made with the same key"));
    }

    [Test]
    public async Task RunAsync_KeyIsTheIntentsAgain_Proves()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Every(2).Answer(502, times: 1);
        ManyKeys keys = new(live.Emulator);
        IBatchRuns runs = await live.RestartAsync(services: keys.AddTo);

        await runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(live.Creates, Has.Length.EqualTo(3));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_KeyChangesJustBeforeTheCreate_IsPutOffUntilTheIntentSaysTheNewOne()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        ManyKeys keys = new(live.Emulator);
        List<ShardRow> created = [];
        IBatchRuns runs = await live.RestartAsync(
            options =>
            {
                options.Probe = new ActAt(RunStep.Create, () => keys.Current = "second");
                options.StoreSeam = store => new SeamStore(store)
                {
                    Applied = (_, after) => created.AddRange(after.State == ShardState.Created ? [after] : []),
                };
            },
            keys.AddTo);

        await runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That(ShardFacts.Of(created.Single()).BatchKey, Is.EqualTo(new KeyFingerprints().Of("second", created[0].Run)));
        Assert.That(live.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        await live.ExpectAllPaidOnceAsync(10);
    }

    // Whose key it is that an application's own layer signs in with, nobody here can know: there the client, its address and the provider decide.
    [Test]
    public async Task RunAsync_OwnLayerOverTheCalls_IsProvedWithoutTheKey()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Every(2).Answer(502, times: 1);
        IBatchRuns runs = await live.RestartAsync(services: (services, _) => OwnLayer.AddTo(services));

        await runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(live.Creates, Has.Length.EqualTo(3));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_LeaseIsLostAndTheLayerAsksNobody_CreatesNothing()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        int creates = -1;
        IBatchRuns runs = await live.RestartAsync(
            options => options.StoreSeam = store => new SeamStore(store)
            {
                Refusals = 1,
                Applied = (before, after) =>
                {
                    if ((before.State, after.State) == (ShardState.Intent, ShardState.Uploaded))
                        creates = live.Creates.Length;
                },
            },
            (services, _) => OwnLayer.AddTo(services));

        await runs.RunAsync(LiveRuns.Request(10, 10));

        Assert.That(creates, Is.Zero);
        await live.ExpectAllPaidOnceAsync(10);
    }

    [Test]
    public async Task RunAsync_BatchShowsUpAfterTheProof_IsTakenAndNotCreatedAgain()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        HiddenBatch hidden = new(live, until: ShardState.Uploaded);

        BatchRunSummary summary = await (await live.RestartAsync(hidden.Hide)).RunAsync(LiveRuns.Request(20, 10));

        Assert.That(hidden.WasShown, Is.True);
        Assert.That(live.Creates, Has.Length.EqualTo(2));
        Assert.That(summary.Status, Is.EqualTo(BatchRunStatus.Ended));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_BatchShowsUpAfterTheSecondCreate_IsToldInWords()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        HiddenBatch hidden = new(live, until: ShardState.Created);
        ProgressLog log = new();

        BatchRunSummary summary = await (await live.RestartAsync(hidden.Hide)).RunAsync(LiveRuns.Request(20, 10), log);

        string first = live.Emulator.Ledger.BatchesCreated[1];
        Assert.That((summary.Status, summary.Succeeded), Is.EqualTo((BatchRunStatus.Ended, 20)));
        Assert.That((await live.ShardAsync(2)).Problem, Does.Contain("paid for twice").And.Contain(first));
        Assert.That(log.Notices, Has.Some.Contains(first));
    }

    [Test]
    public async Task RunAsync_ProofCannotBeConfirmed_IsNotCreatedAgain()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        HiddenBatch hidden = new(live, until: ShardState.Uploaded) { Then = """{"object":"list","has_more":false,"data":[]}""" };

        BatchRunSummary summary = await (await live.RestartAsync(hidden.Hide)).RunAsync(LiveRuns.Request(20, 10));

        Assert.That(live.Creates, Has.Length.EqualTo(2));
        Assert.That(summary.Unsettled.Single().Number, Is.EqualTo(2));
        Assert.That(live.Emulator.Ledger.CreatesWithKey(summary.Unsettled.Single().Intent!), Has.Count.EqualTo(1), "the first intent is not forgotten");
    }

    // By then a batch of the first file would not be recognised: it names neither the new one nor, here, an intent.
    [TestCase(false)]
    [TestCase(true)]
    public async Task RunAsync_FileIsGoneBeforeTheSecondCreate_IsNotUploadedAgain(bool isAbandoned)
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        const string notFound = """{"error":{"message":"No such File object: file-1","code":"invalid_value"}}""";
        bool isProved = false, isShown = false;
        live.Emulator.OnCreateBatch.Every(2).LoseAnswer(times: 1);
        live.Emulator.OnCreateBatch.When(_ => isProved).Answer(400, notFound, times: 6);
        live.Emulator.OnGetFile.Answer(404, notFound);
        string file = "";
        IBatchRuns runs = await live.RestartAsync(options =>
        {
            options.Workers = 1;
            options.Probe = new Told((step, isDone, shard) =>
            {
                if ((step, isDone, shard) == (RunStep.Uploading, false, 2) && !isProved)
                    live.Emulator.OnListBatches.When(_ => !isShown).Answer(200, Listed(live.Emulator.Ledger.BatchesCreated[0]), times: 1000);
            });
            options.StoreSeam = store => new SeamStore(store)
            {
                Applied = (before, after) =>
                {
                    isProved |= after.Number == 2 && (before.State, after.State) == (ShardState.Intent, ShardState.Uploaded);
                    if (after is { Number: 2, State: ShardState.Planned })
                        Show();
                    else if (after.Number == 2)
                        file = ShardFacts.Of(after).FileId!;
                },
            };
        });

        BatchRunException? stopped = await Assert.ThrowsAsync<BatchRunException>(() => runs.RunAsync(LiveRuns.Request(20, 10)));
        Assert.That(stopped!.Message, Does.Contain("No such File object"));
        if (isAbandoned)
        {
            await runs.AbandonAsync(LiveRuns.Name, 2);
            Assert.That((await live.ShardAsync(2)).Problem, Does.Contain("whatever became of its batch was not read"));
            Assert.That(live.Emulator.Ledger.FilesHeld, Has.Some.EqualTo(file), "its late batch would fail without it");
            return;
        }

        Show();
        await runs.ResumeAsync(LiveRuns.Name);

        await live.ExpectAllPaidOnceAsync(20);

        void Show()
        {
            live.Emulator.OnListBatches.Answer(200, Listed(live.Emulator.Ledger.BatchesCreated[0], live.Emulator.Ledger.BatchesCreated[1]), times: 1000);
            isShown = true;
        }

        string Listed(params string[] batches) => $$"""
            {"object":"list","has_more":false,"data":[{{string.Join(',', batches.Select(id => $$"""
            {"id":"{{id}}","object":"batch","status":"in_progress","input_file_id":"{{(id == batches[0] ? "file-of-the-first" : file)}}"}
            """))}}]}
            """;
    }

    [Test]
    public async Task RunAsync_LookBeforeASecondCreateIsOld_LooksAgain()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.OnCreateBatch.Every(2).Answer(502, times: 1);
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(5) };
        int creates = 0;
        IBatchRuns runs = await live.RestartAsync(options => options.Probe = new Told((step, isDone, _) =>
        {
            if ((step, isDone) == (RunStep.Create, false) && Interlocked.Increment(ref creates) == 3)
                live.Emulator.Clock.Advance(TimeSpan.FromMinutes(4));
        }));

        await runs.RunAsync(LiveRuns.Request(20, 10));

        Assert.That(creates, Is.EqualTo(4), "one was put off");
        DateTimeOffset lastLook = live.Emulator.Ledger.Requests.Last(one => one.Route == "ListBatches" && one.Time <= live.Creates[2]).Time;
        Assert.That(live.Creates[2] - lastLook, Is.LessThanOrEqualTo(TimeSpan.FromMinutes(1)));
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task RunAsync_OpenIntentHoldsTheOnlyPlace_OneOtherIsLetPast()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(5) };
        live.Emulator.OnCreateBatch.Answer(502);
        BatchRunRequest request = LiveRuns.Request(40, 10);
        request.MaxBatchesInFlight = 1;

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.That(summary.Unsettled, Is.Empty);
        Assert.That(live.Creates[1] - live.Creates[0], Is.LessThan(TimeSpan.FromMinutes(10)));
        Assert.That(live.Creates[2] - live.Creates[0], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(10)), "exactly one");
        await live.ExpectAllPaidOnceAsync(40);
    }

    [Test]
    public async Task RunAsync_OpenIntentHoldsAllTokens_OneOtherIsLetPast()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = new EmulatorScript { RunningFor = TimeSpan.FromHours(5) };
        live.Emulator.OnCreateBatch.Answer(502);
        BatchRunRequest request = LiveRuns.Request(40, 10);
        request.MaxEnqueuedTokens = 10;

        BatchRunSummary summary = await live.Runs.RunAsync(request);

        Assert.That(summary.Unsettled, Is.Empty);
        Assert.That(live.Creates[2] - live.Creates[0], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(10)), "exactly one");
        await live.ExpectAllPaidOnceAsync(40);
    }

    /// <summary>The second shard's create works and its answer is lost; the list shows the first batch alone until that shard has come to a state.</summary>
    private sealed class HiddenBatch(LiveRuns live, ShardState until)
    {
        /// <summary>What the list shows from then on; null for what there is.</summary>
        public string? Then { get; init; }

        public bool WasShown { get; private set; }

        public void Hide(BatchRunsOptions options)
        {
            live.Emulator.OnCreateBatch.Every(2).LoseAnswer(times: 1);
            options.Workers = 1;
            options.Probe = new Told((step, isDone, shard) =>
            {
                if ((step, isDone, shard) == (RunStep.Uploading, false, 2))
                    live.Emulator.OnListBatches.When(_ => !WasShown).Answer(200, FirstAlone(), times: 1000);
            });
            options.StoreSeam = store => new SeamStore(store)
            {
                Applied = (before, after) =>
                {
                    if (after.Number != 2 || before.State != ShardState.Intent || after.State != until)
                        return;
                    WasShown = true;
                    if (Then is not null)
                        live.Emulator.OnListBatches.Answer(200, Then, times: 1000);
                },
            };
        }

        private string FirstAlone() => $$"""
            {"object":"list","has_more":false,"data":[{"id":"{{live.Emulator.Ledger.BatchesCreated[0]}}","object":"batch","status":"in_progress"}]}
            """;
    }
}
