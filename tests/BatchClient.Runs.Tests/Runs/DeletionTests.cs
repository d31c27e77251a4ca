using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Runs;

/// <summary>What nobody needs any more is gone from the disk, wherever the process ended: lines and results are private.</summary>
public sealed class DeletionTests
{
    private const int Lines = 20;

    // Of the lines, of the results, and of what the run was asked for.
    private static readonly string[] Private = ["How much is 7?", "line-7\"", "orchid-7"];

    [Test]
    public async Task DeleteAsync_RunThatHasEnded_LeavesNoByteOfIt()
    {
        await using LiveRuns live = await EndedAsync();
        Assert.That(Private.SelectMany(word => FolderBytes.Holding(State(live), word)), Is.Not.Empty, "else nothing was tested");

        Assert.That(await live.Runs.DeleteAsync(LiveRuns.Name), Is.True);

        Assert.That(Blobs(live), Is.Empty);
        Assert.That(Private.SelectMany(word => FolderBytes.Holding(State(live), word)), Is.Empty);
    }

    [TestCase(nameof(RunStep.Forget), true)]
    [TestCase(nameof(RunStep.Sweep), false)]
    [TestCase(nameof(RunStep.Sweep), true)]
    public async Task DeleteAsync_KilledOnceTheRunIsForgotten_IsFinishedWhenTheFolderIsOpened(string step, bool after)
    {
        await using LiveRuns live = await EndedAsync();
        await live.RestartAsync(options => options.Probe = new CrashAt(Enum.Parse<RunStep>(step), after));
        await Assert.ThrowsAsync<CrashException>(() => live.Runs.DeleteAsync(LiveRuns.Name));

        await live.RestartAsync();

        Assert.That(await live.Runs.ListAsync(), Is.Empty);
        Assert.That(Blobs(live), Is.Empty);
    }

    [Test]
    public async Task DeleteAsync_KilledBefore_LeavesTheRunWhole()
    {
        await using LiveRuns live = await EndedAsync();
        await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Forget, after: false));
        await Assert.ThrowsAsync<CrashException>(() => live.Runs.DeleteAsync(LiveRuns.Name));

        await live.RestartAsync();

        await live.ExpectAllPaidOnceAsync(Lines);
        Assert.That(await live.Runs.DeleteAsync(LiveRuns.Name), Is.True);
    }

    [Test]
    public async Task DeleteAsync_FilesThatStay_SaysThatTheRunIsGoneAndWhere()
    {
        await using LiveRuns live = await EndedAsync();
        await live.RestartAsync(options => options.Probe = new ActAt(RunStep.Sweep, () => throw new IOException("The disk failed.")));

        BatchRunException? failed = await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.DeleteAsync(LiveRuns.Name));

        Assert.That(failed!.Message, Does.Contain("was deleted").And.Contain("The disk failed.").And.Contain("blobs/run/1"));
        Assert.That(await live.Runs.FindAsync(LiveRuns.Name), Is.Null);
    }

    [Test]
    public async Task DeleteAsync_LinesAreBeingWritten_IsRefused()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        TaskCompletionSource reading = new(), rest = new();
        BatchRunRequest request = new(LiveRuns.Name, SlowLines()) { Limits = BatchLimits.OpenAI with { MaxLines = 10 } };
        Task<BatchRunSummary> running = live.Runs.RunAsync(request);
        await reading.Task;

        await Assert.ThrowsAsync<BatchRunException>(() => live.Runs.DeleteAsync(LiveRuns.Name));

        rest.SetResult();
        await running;
        await live.ExpectAllPaidOnceAsync(Lines);

        async IAsyncEnumerable<BatchRequestLine> SlowLines()
        {
            foreach (BatchRequestLine line in LiveRuns.Lines(Lines))
            {
                if (line.CustomId == "line-15")
                {
                    reading.SetResult();
                    await rest.Task;
                }

                yield return line;
            }
        }
    }

    [Test]
    public async Task Open_LinesThatWereNeverFixed_AreRemovedAndTheRunStaysNamed()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Spool, after: true));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(Lines, 10)));
        Assert.That(Blobs(live), Is.Not.Empty, "else nothing was tested");

        await live.RestartAsync();

        Assert.That((await live.Runs.ListAsync()).Select(run => run.Status), Is.EqualTo(new[] { BatchRunStatus.Spooling }));
        Assert.That(Blobs(live), Is.Empty);
    }

    [Test]
    public async Task RunAsync_KilledAfterAHarvestWithRetries_KeepsOnlyTheLinesOfTheOneThatCounts()
    {
        await using LiveRuns live = await LiveRuns.StartAsync();
        live.Emulator.Script = live.Emulator.Script.Lines(
            request => request.Attempt == 1 && request.CustomId == "line-7", EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."));
        IBatchRuns first = await live.RestartAsync(options => options.Probe = new CrashAt(RunStep.Harvest, after: true));
        await Assert.ThrowsAsync<CrashException>(() => first.RunAsync(LiveRuns.Request(Lines, Lines)));
        string[] left = Blobs(live);

        await (await live.RestartAsync()).RunAsync(LiveRuns.Request(Lines, Lines));

        Assert.That(left.Count(IsRetry), Is.EqualTo(2), "the lines, and which ones they are");
        Assert.That(Blobs(live).Count(IsRetry), Is.EqualTo(2));
        Assert.That(Blobs(live).Where(IsRetry), Has.None.AnyOf(left));
        await live.ExpectAllPaidOnceAsync(Lines);
    }

    private static async Task<LiveRuns> EndedAsync()
    {
        LiveRuns live = await LiveRuns.StartAsync();
        BatchRunRequest request = LiveRuns.Request(Lines, 10);
        request.Metadata["project"] = "orchid-7";
        await live.Runs.RunAsync(request);
        return live;
    }

    private static string State(LiveRuns live) => live.Folder["state"];

    private static string[] Blobs(LiveRuns live) => [.. live.Folder.Files.Where(file => file.EndsWith(".blob", StringComparison.Ordinal))];

    private static bool IsRetry(string blob) => blob.Contains("retry", StringComparison.Ordinal);
}
