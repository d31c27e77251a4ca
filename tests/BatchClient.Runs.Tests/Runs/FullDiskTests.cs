using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>A disk that is full stops the run with a word of what to do, and a resume goes on at once.</summary>
public sealed class FullDiskTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task RunAsync_DiskFullDuringHarvest_SaysSoAndGoesOnWithoutWaiting(bool lateInTheFile)
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        WatchedBlobs? blobs = null;
        IBatchRuns runs = await live.RestartAsync(options =>
        {
            options.BlobSeam = inner => blobs = new WatchedBlobs(inner);
            options.Probe = new ActAt(RunStep.Harvest, () => blobs!.FailsAfter = lateInTheFile ? blobs.BytesWritten + 1000 : 0);
        });

        BatchRunException? full = await Assert.ThrowsAsync<BatchRunException>(() => runs.RunAsync(LiveRuns.Request(20, 10)));
        blobs!.FailsAfter = long.MaxValue;
        DateTimeOffset before = live.Emulator.Clock.GetUtcNow();
        BatchRunSummary summary = await runs.ResumeAsync(LiveRuns.Name);

        Assert.That(full!.Message, Does.Contain("No space left on device.").And.Contain("Make room").And.Contain("resume"));
        Assert.That(full.InnerException, Is.InstanceOf<IOException>());
        Assert.That(summary.EndedAt - before, Is.LessThan(TimeSpan.FromMinutes(5)), "no lease is waited for");
        await live.ExpectAllPaidOnceAsync(20);
    }

    [Test]
    public async Task WriteResultsAsync_FolderThatIsNotThere_SaysSoAndKeepsTheResults()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        await live.Runs.RunAsync(LiveRuns.Request(10, 10));

        BatchRunException? refused = await Assert.ThrowsAsync<BatchRunException>(
            () => live.Runs.WriteResultsAsync(LiveRuns.Name, live.Folder["nowhere/results.jsonl"]));

        Assert.That(refused!.Message, Does.Contain("nowhere").And.Contain("write them again"));
        Assert.That(await live.ResultsAsync(), Has.Count.EqualTo(10));
    }
}
