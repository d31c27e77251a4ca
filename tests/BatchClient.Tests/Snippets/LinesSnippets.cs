using System.Text.Json;

namespace BatchGateway.Tests.Snippets;

public sealed class LinesSnippets
{
    private static readonly IReadOnlyList<Review> Reviews = [new("r-1", "Good coffee."), new("r-2", "Cold food."), new("r-3", "Too loud.")];

    private static IEnumerable<BatchRequestLine> Lines => Reviews.Select(review => BatchRequestLine.Chat(review.Id, "gpt-4o-mini", review.Text));

    [Test]
    public async Task Write_Items_GivesACheckedFile()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        string path = fixture.PathOf("requests.jsonl");
        IReadOnlyList<Review> reviews = Reviews;

        BatchRequestFile file = await BatchRequestFile.WriteAsync(
            path,
            reviews.Select(review => BatchRequestLine.Chat(review.Id, "gpt-4o-mini", review.Text, system: "Rate the review.")),
            BatchLimits.OpenAI);

        Console.WriteLine($"{file.Path}: {file.LineCount} lines, {file.Bytes} bytes, for {file.Endpoint} with {file.Model}");

        Assert.That(await File.ReadAllLinesAsync(path), Has.Length.EqualTo(3));
        Assert.That(file.Model, Is.EqualTo("gpt-4o-mini"));
    }

    [Test]
    public async Task Write_ItemsThatComeOneByOne_GivesACheckedFile()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        string path = fixture.PathOf("requests.jsonl");
        Database database = new();

        IAsyncEnumerable<BatchRequestLine> lines = BatchRequestLine.From(
            database.ReadReviewsAsync(), review => BatchRequestLine.Chat(review.Id, "gpt-4o-mini", review.Text));

        BatchRequestFile file = await BatchRequestFile.WriteAsync(path, lines, BatchLimits.OpenAI);

        Assert.That(file.LineCount, Is.EqualTo(3));
    }

    [Test]
    public async Task Write_LineThatCannotBeSent_IsSaid()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        string path = fixture.PathOf("requests.jsonl");
        IEnumerable<BatchRequestLine> lines = Lines.Append(BatchRequestLine.Chat("r-2", "gpt-4o-mini", "Again."));
        using StringWriter report = new();

        try
        {
            await BatchRequestFile.WriteAsync(path, lines, BatchLimits.OpenAI);
        }
        catch (BatchInputException problem)
        {
            report.WriteLine($"{problem.Rule} in line {problem.LineNumber}, custom id {problem.CustomId}: {problem.Message}");
        }

        Assert.That(report.ToString(), Does.StartWith("duplicate_custom_id in line 4, custom id r-2: "));
        Assert.That(path, Does.Not.Exist);
    }

    [Test]
    public async Task Limits_OfOnesOwn_AreHeld()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IEnumerable<BatchRequestLine> lines = Enumerable.Range(1, 100).Select(i => BatchRequestLine.Chat($"p-{i}", "claude", "Why?"));

        BatchLimits limits = BatchLimits.Bedrock with { MaxLines = 10_000, MaxBytes = 200_000_000 };

        BatchOperation operation = await gateway.SubmitAsync(lines, new SubmitOptions { Limits = limits });

        Assert.That(operation.BatchId, Is.Not.Null);
        Assert.That(() => gateway.SubmitAsync(lines.Skip(1), new SubmitOptions { Limits = limits }), Throws.TypeOf<BatchInputException>());
        Assert.That(fixture.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Split_MoreLinesThanABatchTakes_EachPartHasItsOutcomes()
    {
        await using Fixture fixture = await Fixture.StartAsync();

        int succeeded = await RateInPartsAsync(fixture.Gateway, Reviews, fixture.PathOf("parts"), BatchLimits.OpenAI with { MaxLines = 2 });

        Assert.That(succeeded, Is.EqualTo(3));
        Assert.That(fixture.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Plan_WithPrices_SaysWhatItWouldCost()
    {
        IEnumerable<BatchRequestLine> lines = Lines.Append(BatchRequestLine.Chat("r-2", "gpt-4o-mini", "Again."));

        BatchPlan plan = await BatchPlan.MakeAsync(lines, BatchLimits.OpenAI, new Dictionary<string, TokenPrice>
        {
            ["gpt-4o-mini"] = new TokenPrice(InputPerMillion: 0.075m, OutputPerMillion: 0.30m),   // what your contract says
        });

        Console.WriteLine($"{plan.Batches.Count} batches, {plan.LineCount} lines, {plan.Bytes} bytes");
        Console.WriteLine($"about {plan.EstimatedTokens} tokens of prompts, about {plan.EstimatedCost}");
        foreach (BatchInputException problem in plan.Problems)   // all that is wrong, where a submit stops at the first
            Console.WriteLine(problem.Message);

        Assert.That(plan.LineCount, Is.EqualTo(3));
        Assert.That(plan.EstimatedCost, Is.Positive);
        Assert.That(plan.Problems.Select(problem => problem.Rule), Is.EqualTo(new[] { BatchErrorCode.DuplicateCustomId }));
    }

    [Test]
    public async Task Open_FileThatIsThere_IsSentAsItIs()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        string path = fixture.PathOf("requests.jsonl");
        await File.WriteAllTextAsync(path, Fixture.OneLine);

        BatchRequestFile file = await BatchRequestFile.OpenAsync(path, BatchLimits.OpenAI);
        BatchOperation operation = await gateway.SubmitAsync(file, new SubmitOptions { JobName = "nightly" });

        Assert.That(operation.BatchId, Is.Not.Null);
    }

    [Test]
    public async Task ReadLines_FileThatIsThere_AreSplit()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        string path = fixture.PathOf("requests.jsonl");
        string folder = fixture.PathOf("parts");
        await File.WriteAllTextAsync(path, Fixture.OneLine);

        IReadOnlyList<BatchRequestFile> files = await BatchRequestFile.SplitAsync(folder, BatchRequestFile.ReadLinesAsync(path), BatchLimits.OpenAI);

        Assert.That(await File.ReadAllTextAsync(files[0].Path), Is.EqualTo(Fixture.OneLine));
    }

    [Test]
    public async Task UploadOnce_Lines_GoStraightIntoTheUpload()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        IEnumerable<BatchRequestLine> lines = Lines;

        BatchOperation operation = await gateway.SubmitAsync(lines, new SubmitOptions
        {
            Limits = BatchLimits.OpenAI,
            UploadOnce = true,
            UploadProgress = new Progress<long>(bytes => Console.WriteLine($"{bytes} bytes uploaded")),
        });

        Assert.That(operation.BatchId, Is.Not.Null);
        Assert.That(
            () => gateway.SubmitAsync(lines.Append(BatchRequestLine.Chat("r-2", "gpt-4o-mini", "Again.")), new SubmitOptions { UploadOnce = true }),
            Throws.TypeOf<BatchInputException>().With.Message.Contains("line 4").IgnoreCase);
        Assert.That(fixture.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReadFiles_OnDisk_EveryLineHasAKind()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        string output = fixture.PathOf("output.jsonl");
        string errors = fixture.PathOf("errors.jsonl");
        await File.WriteAllTextAsync(output, """{"custom_id":"r-1","response":{"status_code":200,"body":{"choices":[{"message":{"content":"Good."}}]}}}""" + "\nno JSON\n");
        await File.WriteAllTextAsync(errors, """{"custom_id":"r-2","response":null,"error":{"code":"batch_expired","message":"Too late."}}""");
        using StringWriter report = new() { NewLine = "\n" };

        await foreach (BatchResultLine line in BatchResultFile.ReadAsync([output, errors]))
        {
            report.WriteLine($"{line.CustomId}: {line.Kind} {line.ChatText ?? line.Error?.ToString()}");
        }

        Assert.That(report.ToString(), Does.StartWith("r-1: Succeeded Good.\n: Malformed the line is no JSON"));
        Assert.That(report.ToString(), Does.EndWith("\nr-2: Expired batch_expired: Too late.\n"));
    }

    [Test]
    public async Task ReadFiles_FromTheGateway_NothingIsOnDisk()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IBatchClient gateway = fixture.Gateway;
        BatchOperation operation = await gateway.SubmitAsync(Lines);
        Batch batch = await operation.WaitAsync();
        string fileId = batch.OutputFileId!;
        int count = 0;

        await using BatchFileContent content = await gateway.Files.GetContentAsync(fileId);
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(content.Stream))
            count += line.Kind == BatchOutcomeKind.Succeeded ? 1 : 0;

        Assert.That(count, Is.EqualTo(3));
    }

    [Test]
    public async Task ReadFiles_BodyThatIsNoJson_IsFoundWhenItIsAskedFor()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        string path = fixture.PathOf("output.jsonl");
        await File.WriteAllTextAsync(path, """{"custom_id":"r-1","response":{"status_code":200,"body":{"choices":?}}}""");

        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(path))
        {
            Assert.That(line.Kind, Is.EqualTo(BatchOutcomeKind.Succeeded));
            Assert.That(line.ChatText, Is.Null);
            Assert.That(() => line.ReadChat(), Throws.InstanceOf<JsonException>());
        }
    }

    [Test]
    public async Task ReadOutcomes_InItemOrder_GivesOneForEachItem()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        IReadOnlyList<Review> reviews = Reviews;
        BatchOperation operation = await fixture.Gateway.SubmitAsync(Lines.Append(BatchRequestLine.Chat("r-0", "gpt-4o-mini", "Of no item.")));
        await operation.WaitAsync();
        using StringWriter report = new() { NewLine = "\n" };

        List<BatchResultLine> odd = [];
        await foreach (BatchOutcome<Review, string?> outcome in operation.ReadOutcomesAsync(
            reviews, review => review.Id, line => line.ChatText, new OutcomeOptions { InItemOrder = true, Unmatched = odd.Add }))
        {
            report.WriteLine($"{outcome.Item.Text} -> {outcome.Result ?? outcome.Error?.ToString()}");
        }

        report.WriteLine($"{odd.Count} lines decided nothing");

        Assert.That(report.ToString(), Is.EqualTo("""
            Good coffee. -> Echo: Good coffee.
            Cold food. -> Echo: Cold food.
            Too loud. -> Echo: Too loud.
            1 lines decided nothing

            """.ReplaceLineEndings("\n")));
        Assert.That(odd.Select(line => line.CustomId), Is.EqualTo(new[] { "r-0" }));
    }

    [Test]
    public async Task ReadOutcomes_NumberedLines_AreJoinedByTheirNumbers()
    {
        await using Fixture fixture = await Fixture.StartAsync();

        using StringWriter report = new() { NewLine = "\n" };
        IBatchClient gateway = fixture.Gateway;
        IReadOnlyList<string> prompts = ["Why is the sky blue?", "Why is grass green?"];

        BatchOperation operation = await gateway.SubmitAsync(prompts.Select(prompt => BatchRequestLine.Chat(null, "gpt-4o-mini", prompt)));
        await operation.WaitAsync();

        await foreach (BatchOutcome<string, string?> outcome in operation.ReadOutcomesAsync(
            prompts, customId: null, line => line.ChatText, new OutcomeOptions { InItemOrder = true }))
        {
            report.WriteLine($"{outcome.CustomId}: {outcome.Item} -> {outcome.Result}");   // request-1: Why is the sky blue? -> ...
        }

        Assert.That(report.ToString(), Is.EqualTo("""
            request-1: Why is the sky blue? -> Echo: Why is the sky blue?
            request-2: Why is grass green? -> Echo: Why is grass green?

            """.ReplaceLineEndings("\n")));
    }

    private static async Task<int> RateInPartsAsync(IBatchClient gateway, IReadOnlyList<Review> reviews, string folder, BatchLimits limits)
    {
        IEnumerable<BatchRequestLine> lines = reviews.Select(review => BatchRequestLine.Chat(review.Id, "gpt-4o-mini", review.Text));
        int succeeded = 0;

        List<(BatchRequestFile File, BatchOperation Operation)> parts = [];
        foreach (BatchRequestFile file in await BatchRequestFile.SplitAsync(folder, lines, limits))
            parts.Add((file, await gateway.SubmitAsync(file)));

        foreach ((BatchRequestFile file, BatchOperation operation) in parts)
        {
            await operation.WaitAsync();
            IEnumerable<Review> own = reviews.Skip((int)file.FirstLineNumber - 1).Take((int)file.LineCount);
            await foreach (BatchOutcome<Review, string?> outcome in operation.ReadOutcomesAsync(own, review => review.Id, line => line.ChatText))
                succeeded += outcome.Succeeded ? 1 : 0;
        }

        return succeeded;
    }

    private sealed class Database
    {
        private readonly IReadOnlyList<Review> _reviews = Reviews;

        public async IAsyncEnumerable<Review> ReadReviewsAsync()
        {
            foreach (Review review in _reviews)
            {
                await Task.Yield();
                yield return review;
            }
        }
    }
}
