using System.Runtime.CompilerServices;
using System.Text;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Lines;

public sealed class BatchPlanTests
{
    private static readonly Dictionary<string, TokenPrice> Prices = new() { ["m"] = new TokenPrice(2, 8) };

    [Test]
    public async Task MakeAsync_Lines_EstimatesTokensAndCostOfEachBatch()
    {
        // 40 bytes of body, so 10 tokens, and as many answered as are asked for.
        string[] bodies = ["""{"model":"m","max_tokens":100,"x":"yyyy"}""", """{"model":"m","max_tokens":900,"x":"yyyy"}""", """{"model":"m","x":"yyyyyyyyyyyyyyyyyyyyyy"}"""];

        BatchPlan plan = await BatchPlan.MakeAsync(bodies.Select((body, i) => Json(BrokenInput.Good($"{i}", body: body))), new BatchLimits { MaxLines = 2 }, Prices);

        Assert.That(plan.Model, Is.EqualTo("m"));
        Assert.That(plan.Batches, Has.Count.EqualTo(2));
        Assert.That(plan.Batches[0], Is.EqualTo(new PlannedBatch
        {
            FirstLineNumber = 1,
            LineCount = 2,
            Bytes = bodies[..2].Sum(body => BrokenInput.Good("0", body: body).Length + 1),
            EstimatedTokens = 2 * 11,
            MaxOutputTokens = 1_000,
            EstimatedCost = ((22 * 2m) + (1_000 * 8m)) / 1_000_000,
        }));
        Assert.That(plan.Batches[1].MaxOutputTokens, Is.Zero);
        Assert.That(plan.Batches[1].LinesWithoutTokenLimit, Is.EqualTo(1));
        Assert.That(plan.LinesWithoutTokenLimit, Is.EqualTo(1));
        Assert.That(plan.EstimatedCost, Is.EqualTo(plan.Batches.Sum(batch => batch.EstimatedCost)));
        Assert.That(plan.LineCount, Is.EqualTo(3));
    }

    [TestCase("max_completion_tokens", "7", 7)]
    [TestCase("max_output_tokens", "7", 7)]
    [TestCase("max_tokens", "7", 7)]
    [TestCase("max_tokens", "null", 0)]
    [TestCase("max_tokens", "-1", 0)]
    [TestCase("max_tokens", "\"7\"", 0)]
    [TestCase("max_tokens", "[{}]", 0)]
    public async Task MakeAsync_LimitOfTheAnswer_IsRead(string name, string value, long tokens)
    {
        BatchPlan plan = await BatchPlan.MakeAsync([Json(BrokenInput.Good("a", body: $$"""{"{{name}}":{{value}},"model":"m"}"""))], new BatchLimits());

        Assert.That(plan.Problems, Is.Empty);
        Assert.That(plan.Batches.Single().MaxOutputTokens, Is.EqualTo(tokens));
        Assert.That(plan.LinesWithoutTokenLimit, Is.EqualTo(tokens == 0 ? 1 : 0));
    }

    [TestCase("/v1/embeddings", 0)]
    [TestCase("/v1/responses", 1)]
    public async Task MakeAsync_InputWithoutALimitOfTheAnswer_IsOpenUnlessItIsToBeEmbedded(string url, int open)
    {
        BatchPlan plan = await BatchPlan.MakeAsync([Json(BrokenInput.Good("a", url, """{"model":"m","input":"x"}"""))], new BatchLimits());

        Assert.That(plan.LinesWithoutTokenLimit, Is.EqualTo(open));
    }

    [Test]
    public async Task MakeAsync_LineWithoutALimitThatIsMoved_CountsInTheBatchThatGetsIt()
    {
        // The third line is the one that goes to the batch of the fourth.
        string[] bodies = ["""{"max_tokens":1}""", """{"max_tokens":1}""", "{}", """{"max_tokens":1}"""];

        BatchPlan plan = await BatchPlan.MakeAsync(
            bodies.Select((body, i) => Json(BrokenInput.Good($"{i}", body: body))), new BatchLimits { MinLines = 2, MaxLines = 3 });

        Assert.That(plan.Batches.Select(batch => batch.LinesWithoutTokenLimit), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public async Task MakeAsync_NoPriceOfTheModel_HasNoCost([Values("n", null)] string? model)
    {
        string body = model is null ? "{}" : $$"""{"model":"{{model}}"}""";

        BatchPlan plan = await BatchPlan.MakeAsync([Json(BrokenInput.Good("a", body: body))], new BatchLimits(), Prices);

        Assert.That(plan.EstimatedCost, Is.Null);
        Assert.That(plan.Model, Is.EqualTo(model));
    }

    [Test]
    public async Task MakeAsync_Problems_AreAllNamedAndTheOtherLinesPlanned()
    {
        BatchRequestLine[] lines =
        [
            Chat("a"), Chat("a"), Json("nonsense"), Chat("b"), null!, BatchRequestLine.Chat("c", "n", "x"), Chat("d"), BatchRequestLine.Chat("e", "m", new string('x', 1_000)),
        ];

        BatchPlan plan = await BatchPlan.MakeAsync(lines, new BatchLimits { MaxBytes = 500 });

        Assert.That(plan.Problems.Select(problem => (problem.LineNumber, problem.Rule.ToString())), Is.EqualTo(new (long?, string)[]
        {
            (2, "duplicate_custom_id"), (3, "invalid_json_line"), (5, "invalid_json_line"), (6, "mismatched_model"), (8, "file_too_large"),
        }));
        Assert.That(plan.ProblemCount, Is.EqualTo(5));
        Assert.That(plan.LineCount, Is.EqualTo(3));
    }

    [Test]
    public async Task MakeAsync_MendedAcrossARefusedLine_KnowsTheNumberOfItsFirstLine()
    {
        BatchPlan plan = await BatchPlan.MakeAsync(
            new[] { "a", "b", "c", "c", "c", "d" }.Select(Chat), new BatchLimits { MinLines = 2, MaxLines = 3 });

        Assert.That(plan.Batches.Select(batch => (batch.FirstLineNumber, batch.LineCount)), Is.EqualTo(new[] { (1L, 2L), (3L, 2L) }));
    }

    [Test]
    public async Task MakeAsync_TooFewForEachBatch_CountsEveryLineOnce()
    {
        BatchPlan plan = await BatchPlan.MakeAsync(Enumerable.Range(0, 7).Select(i => Chat($"{i}")), new BatchLimits { MinLines = 4, MaxLines = 5 });

        Assert.That(plan.Problems.Single().Rule, Is.EqualTo(BatchErrorCode.TooFewTasks));
        Assert.That(plan.LineCount, Is.EqualTo(7));
    }

    [Test]
    public async Task MakeAsync_MinimumThatNoInputReaches_IsAProblem()
    {
        BatchPlan plan = await BatchPlan.MakeAsync(Enumerable.Range(0, 7).Select(i => Chat($"{i}")), new BatchLimits { MinLines = long.MaxValue, MaxBytes = 500 });

        Assert.That(plan.Problems.Single().Rule, Is.EqualTo(BatchErrorCode.TooFewTasks));
        Assert.That(plan.LineCount, Is.EqualTo(7));
    }

    [Test]
    public async Task MakeAsync_MoreProblemsThanAnybodyReads_AreCounted()
    {
        BatchPlan plan = await BatchPlan.MakeAsync(Enumerable.Repeat(0, 2_500).Select(_ => Chat("a")), new BatchLimits());

        Assert.That(plan.Problems, Has.Count.EqualTo(1_000));
        Assert.That(plan.ProblemCount, Is.EqualTo(2_499));
    }

    [Test]
    public async Task MakeAsync_NoLines_IsAProblemAndHasNoCost()
    {
        BatchPlan plan = await BatchPlan.MakeAsync(Array.Empty<BatchRequestLine>(), new BatchLimits(), Prices);

        Assert.That(plan.Problems.Single().Rule, Is.EqualTo(BatchErrorCode.EmptyFile));
        Assert.That(plan.Batches, Is.Empty);
        Assert.That(plan.EstimatedCost, Is.Null);
    }

    [Test]
    public async Task MakeAsync_Cancelled_Stops()
    {
        using CancellationTokenSource cancellation = new();
        IEnumerable<BatchRequestLine> Lines()
        {
            for (int i = 0; ; i++)
            {
                if (i == 10)
                    cancellation.Cancel();
                yield return Chat($"id-{i}");
            }
        }

        await Assert.CatchAsync<OperationCanceledException>(() => BatchPlan.MakeAsync(Lines(), new BatchLimits(), cancellationToken: cancellation.Token));
    }

    [Test]
    public void MakeAsync_ItemsThatThrow_PassTheirExceptionOn()
    {
        static async IAsyncEnumerable<BatchRequestLine> Lines([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return Chat("a");
            await Task.Yield();
            throw new TimeoutException("mine");
        }

        Assert.That(() => BatchPlan.MakeAsync(Lines(), new BatchLimits()), Throws.TypeOf<TimeoutException>().With.Message.EqualTo("mine"));
    }

    [Test]
    public void MakeAsync_Null_IsRefused()
    {
        Assert.That(() => BatchPlan.MakeAsync([Chat("a")], null!), Throws.ArgumentNullException);
        Assert.That(() => BatchPlan.MakeAsync((IAsyncEnumerable<BatchRequestLine>)null!, new BatchLimits()), Throws.ArgumentNullException);
    }

    private static BatchRequestLine Chat(string customId) => BatchRequestLine.Chat(customId, "m", "x");

    private static BatchRequestLine Json(string json) => BatchRequestLine.FromJson(Encoding.UTF8.GetBytes(json));
}
