using System.Text;
using BatchGateway.Emulator;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;

namespace BatchGateway.Tests.Lines;

public sealed class BatchLimitsTests
{
    [Test]
    public void Profiles_Numbers_AreThoseOfTheProviders()
    {
        Assert.That(BatchLimits.OpenAI, Is.EqualTo(new BatchLimits { MaxLines = 50_000, MaxBytes = 209_715_200, MaxEmbeddingInputs = 50_000, RequiresUrl = true, RequiresModel = true }));
        Assert.That(BatchLimits.Azure, Is.EqualTo(new BatchLimits { MaxLines = 100_000, MaxBytes = 200_000_000, RequiresUrl = true, RequiresModel = true }));
        Assert.That(BatchLimits.Bedrock, Is.EqualTo(new BatchLimits { MinLines = 100, MaxBytes = 1_000_000_000 }));
        Assert.That(BatchLimits.Vertex, Is.EqualTo(new BatchLimits { MaxBytes = 200_000_000 }));
        Assert.That(new BatchLimits().MaxCustomIdLength, Is.EqualTo(512));
    }

    [Test]
    public async Task OpenAI_OneLineMoreThanItsLimit_IsRefusedOrSplit()
    {
        static IEnumerable<BatchRequestLine> Lines() => Enumerable.Range(0, 50_001).Select(_ => BatchRequestLine.Chat(null, "m", "x"));

        BatchPlan plan = await BatchPlan.MakeAsync(Lines(), BatchLimits.OpenAI);
        BatchPlan own = await BatchPlan.MakeAsync(Lines(), BatchLimits.OpenAI with { MaxLines = null });

        Assert.That(plan.Batches.Select(batch => batch.LineCount), Is.EqualTo(new[] { 50_000L, 1L }));
        Assert.That(own.Batches, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Bedrock_FewerLinesThanItsMinimum_AreRefused([Values(1, 99, 100)] int count)
    {
        BatchPlan plan = await BatchPlan.MakeAsync(Enumerable.Range(0, count).Select(_ => BatchRequestLine.Chat(null, "m", "x")), BatchLimits.Bedrock);

        Assert.That(plan.Problems.Select(problem => problem.Rule.ToString()), Is.EqualTo(count < 100 ? new[] { "too_few_tasks" } : []));
    }

    [TestCase("""{"custom_id":"a","body":{"contents":[]}}""", false)]
    [TestCase("""{"custom_id":"a","url":"/v1/chat/completions","body":{"model":"m"}}""", false)]
    [TestCase("""{"custom_id":"a","method":"POST","body":{"model":"m"}}""", false)]
    [TestCase("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{}}""", false)]
    [TestCase("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}""", true)]
    public async Task Profiles_MembersThatMayBeLeftOut_AreThoseOfVertex(string line, bool isTakenByOthers)
    {
        Assert.That((await PlanAsync(line, BatchLimits.Vertex)).Problems.Count == 0, Is.True);
        Assert.That((await PlanAsync(line, BatchLimits.OpenAI)).Problems.Count == 0, Is.EqualTo(isTakenByOthers));
        Assert.That((await PlanAsync(line, BatchLimits.Azure)).Problems.Count == 0, Is.EqualTo(isTakenByOthers));
    }

    /// <summary>The emulator checks an input by a code of its own: what the OpenAI profile lets through, it must take.</summary>
    [Test]
    public async Task OpenAI_LinesItLetsThrough_AreThoseThatAGatewayTakes()
    {
        await using EmulatedClient emulated = await EmulatedClient.StartAsync(new EmulatorOptions { Personality = EmulatorPersonality.OpenAI });

        foreach (BrokenInput input in BrokenInput.All().Where(input => input.Lines.Length > 0))
        {
            byte[] file = Encoding.UTF8.GetBytes(string.Concat(input.Lines.Select(line => line + "\n")));
            bool isTaken = (await BatchPlan.MakeAsync(input.Lines.Select(line => BatchRequestLine.FromJson(Encoding.UTF8.GetBytes(line))), BatchLimits.OpenAI)).Problems.Count == 0;
            if (!isTaken)
                continue;

            BatchFile uploaded = await emulated.Gateway.Files.UploadAsync(new MemoryStream(file), "lines.jsonl", FilePurpose.Batch);
            CreateBatchRequest request = new() { InputFileId = uploaded.Id, Endpoint = Endpoint(input) };
            Batch batch = await emulated.Gateway.Batches.CreateAsync(request);
            Batch ended = await emulated.Gateway.Attach(batch.Id).WaitAsync();
            Assert.That(ended.Status, Is.EqualTo(BatchStatus.Completed), input.Name);
        }
    }

    [Test]
    public async Task Checked_LimitsThatNoLinesCanKeep_AreRefusedAtEveryDoorBeforeAnythingIsRead()
    {
        using TemporaryFolder folder = new();
        using StubbedClient client = new(StubHandler.Json("{}"));
        BatchLimits limits = new() { MaxLines = 0, MaxBytes = -1 };
        static IEnumerable<BatchRequestLine> Lines() => throw new InvalidOperationException("read");
        static IEnumerable<BatchRequestLine> LazyLines() => Enumerable.Range(0, 1).SelectMany(_ => Lines());
        Func<Task>[] doors =
        [
            () => BatchRequestFile.WriteAsync(folder.PathOf("a"), LazyLines(), limits),
            () => BatchRequestFile.SplitAsync(folder.PathOf("b"), LazyLines(), limits),
            () => BatchRequestFile.OpenAsync(folder.PathOf("not-there"), limits),
            () => BatchPlan.MakeAsync(LazyLines(), limits),
            () => client.Client.SubmitAsync(LazyLines(), new SubmitOptions { Limits = limits }),
            () => client.Client.PrepareAsync(LazyLines(), new SubmitOptions { Limits = limits, UploadOnce = true }),
        ];

        foreach (Func<Task> door in doors)
        {
            ArgumentException? refusal = await Assert.ThrowsAsync<ArgumentException>(() => door());
            Assert.That(refusal!.Message, Does.Contain("MaxLines is 0").And.Contain("MaxBytes is -1").And.Contain("Nothing was read"));
        }

        Assert.That(folder.Names, Is.Empty);
        Assert.That(client.Stub.Requests, Is.Empty);
    }

    private static IEnumerable<TestCaseData> Impossible() =>
    [
        new(new BatchLimits { MinLines = -1 }, "MinLines is -1"),
        new(new BatchLimits { MaxLines = -1 }, "MaxLines is -1"),
        new(new BatchLimits { MaxLines = 0, MinLines = 5 }, "MaxLines is 0, and must be at least 1."),
        new(new BatchLimits { MinLines = 5, MaxLines = 4 }, "MinLines is 5, and MaxLines only 4"),
        new(new BatchLimits { MaxBytes = -1 }, "MaxBytes is -1"),
        new(new BatchLimits { MaxLineBytes = -1 }, "MaxLineBytes is -1"),
        new(new BatchLimits { MaxEmbeddingInputs = -1 }, "MaxEmbeddingInputs is -1"),
        new(new BatchLimits { MaxCustomIdLength = -1 }, "MaxCustomIdLength is -1"),
    ];

    [TestCaseSource(nameof(Impossible))]
    public void Checked_ImpossibleLimit_IsNamed(BatchLimits limits, string fault) => Assert.That(
        () => BatchPlan.MakeAsync(Array.Empty<BatchRequestLine>(), limits),
        Throws.ArgumentException.With.Message.Contains(fault).And.Property("ParamName").EqualTo("limits"));

    [Test]
    public void Checked_LimitsAtTheirEdges_AreTaken() => Assert.That(
        () => BatchPlan.MakeAsync(Array.Empty<BatchRequestLine>(), new BatchLimits { MinLines = 1, MaxLines = 1, MaxEmbeddingInputs = 0 }), Throws.Nothing);

    private static BatchEndpoint Endpoint(BrokenInput input) =>
        input.Lines[0].Contains("embeddings", StringComparison.Ordinal) ? BatchEndpoint.Embeddings : BatchEndpoint.ChatCompletions;

    private static Task<BatchPlan> PlanAsync(string line, BatchLimits limits) =>
        BatchPlan.MakeAsync([BatchRequestLine.FromJson(Encoding.UTF8.GetBytes(line))], limits);
}
