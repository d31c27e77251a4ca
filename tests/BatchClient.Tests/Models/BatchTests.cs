namespace BatchGateway.Tests.Models;

public sealed class BatchTests
{
    [Test]
    public void ToString_WithCounts_SaysHowFarItIs()
    {
        Batch batch = new() { Id = "batch_1", Status = BatchStatus.InProgress, RequestCounts = new BatchRequestCounts { Total = 20, Completed = 7 } };

        Assert.That(batch.ToString(), Is.EqualTo("batch 'batch_1': in_progress, 7 of 20 lines"));
    }

    [Test]
    public void ToString_WithoutCounts_SaysTheStatus() =>
        Assert.That(new Batch { Id = "batch_1", Status = new BatchStatus("Paused") }.ToString(), Is.EqualTo("batch 'batch_1': Paused"));

    [Test]
    public void IsTerminal_UnknownStatus_AsSoonAsAnyEndIsDated([Values("completed", "failed", "expired", "cancelled", "")] string end)
    {
        DateTimeOffset? At(string which) => end == which ? DateTimeOffset.UnixEpoch : null;
        Batch batch = new()
        {
            Id = "batch_1",
            Status = new BatchStatus("paused"),
            CompletedAt = At("completed"),
            FailedAt = At("failed"),
            ExpiredAt = At("expired"),
            CancelledAt = At("cancelled"),
        };

        Assert.That(batch.IsTerminal, Is.EqualTo(end.Length > 0));
    }

    [Test]
    public void IsTerminal_KnownStatus_DoesNotLookAtTheTimes() =>
        Assert.That(new Batch { Id = "batch_1", Status = BatchStatus.InProgress, CompletedAt = DateTimeOffset.UnixEpoch }.IsTerminal, Is.False);
}
