namespace BatchGateway.Tests.Models;

public sealed class BatchStatusTests
{
    [TestCase("validating", BatchStatusKind.Pending, false)]
    [TestCase("Validating", BatchStatusKind.Pending, false)]
    [TestCase("queued", BatchStatusKind.Pending, false)]
    [TestCase("submitted", BatchStatusKind.Pending, false)]
    [TestCase("scheduled", BatchStatusKind.Pending, false)]
    [TestCase("pending", BatchStatusKind.Pending, false)]
    [TestCase("pre_schedule", BatchStatusKind.Pending, false)]
    [TestCase("PreSchedule", BatchStatusKind.Pending, false)]
    [TestCase("in_progress", BatchStatusKind.InProgress, false)]
    [TestCase("InProgress", BatchStatusKind.InProgress, false)]
    [TestCase("finalizing", BatchStatusKind.Finalizing, false)]
    [TestCase("completed", BatchStatusKind.Completed, true)]
    [TestCase("succeeded", BatchStatusKind.Completed, true)]
    [TestCase("ended", BatchStatusKind.Completed, true)]
    [TestCase("partially_completed", BatchStatusKind.Completed, true)]
    [TestCase("PartiallyCompleted", BatchStatusKind.Completed, true)]
    [TestCase("failed", BatchStatusKind.Failed, true)]
    [TestCase("expired", BatchStatusKind.Expired, true)]
    [TestCase("cancelling", BatchStatusKind.Cancelling, false)]
    [TestCase("stopping", BatchStatusKind.Cancelling, false)]
    [TestCase("cancelled", BatchStatusKind.Cancelled, true)]
    [TestCase("stopped", BatchStatusKind.Cancelled, true)]
    [TestCase("hibernating", BatchStatusKind.Unknown, false)]
    [TestCase("", BatchStatusKind.Unknown, false)]
    [TestCase(null, BatchStatusKind.Unknown, false)]
    public void Kind_Word_IsItsMeaning(string? word, BatchStatusKind kind, bool terminal)
    {
        BatchStatus status = new(word);

        Assert.That(status.Kind, Is.EqualTo(kind));
        Assert.That(status.IsTerminal, Is.EqualTo(terminal));
    }

    [Test]
    public void Equals_Synonyms_MeetInKindAndNotInEquality()
    {
        Assert.That(new BatchStatus("ended"), Is.Not.EqualTo(BatchStatus.Completed));
        Assert.That(new BatchStatus("stopped"), Is.Not.EqualTo(BatchStatus.Cancelled));
        Assert.That(new BatchStatus("queued") == BatchStatus.Validating, Is.False);
    }

    [TestCase("completed")]
    [TestCase("ended")]
    [TestCase("partially_completed")]
    public void EnsureCompleted_CompletedByAnyWord_ReturnsTheBatch(string word)
    {
        Batch batch = new() { Id = "b", Status = new BatchStatus(word) };

        Assert.That(batch.EnsureCompleted(), Is.SameAs(batch));
    }

    [TestCase("failed")]
    [TestCase("expired")]
    [TestCase("in_progress")]
    [TestCase("hibernating")]
    public void EnsureCompleted_AnythingElse_ThrowsWithTheReasons(string word)
    {
        Batch batch = new()
        {
            Id = "b",
            Status = new BatchStatus(word),
            Errors = [new BatchError { Code = BatchErrorCode.EmptyFile, Message = "No lines.", Line = 1 }],
        };

        BatchNotCompletedException failure = Assert.Throws<BatchNotCompletedException>(() => batch.EnsureCompleted())!;

        Assert.That(failure.Batch, Is.SameAs(batch));
        Assert.That(failure.Message, Does.Contain("'b'").And.Contain(word).And.Contain("line 1: empty_file: No lines."));
    }

    [Test]
    public void Batch_MadeInCode_ReadsBackWhatWasSet()
    {
        Batch batch = new()
        {
            Id = "b",
            Errors = [new BatchError { Code = new BatchErrorCode("x"), Message = "m" }],
            Metadata = new Dictionary<string, string> { ["k"] = "v" },
            Usage = new TokenUsage { InputTokens = 1, OutputTokens = 2 },
        };

        Assert.That(batch.Errors.Single().Message, Is.EqualTo("m"));
        Assert.That(batch.Metadata, Is.EqualTo(new Dictionary<string, string> { ["k"] = "v" }));
        Assert.That(batch.Usage.InputTokens, Is.EqualTo(1));
        Assert.That(batch.RawJson.IsEmpty, Is.True);
        Assert.That(batch.AdditionalProperties, Is.Empty);
    }
}
