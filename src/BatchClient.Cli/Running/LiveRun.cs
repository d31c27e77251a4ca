using System.Collections.Concurrent;
using BatchGateway.Cli.Output;
using BatchGateway.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Running;

/// <summary>A run on a terminal: a table that stands still and changes, with notices above it.</summary>
internal sealed class LiveRun : IProgress<BatchRunProgress>
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);

    private readonly Screen _screen;
    private readonly TimeProvider _clock;
    private readonly RunTable _table;
    private readonly NewNotices _notices;
    private readonly ConcurrentQueue<BatchRunProgress> _reports = new();
    private IReadOnlyList<BatchShardInfo> _shards = [];
    private BatchRunProgress? _last;
    private long _lastAt;

    public LiveRun(Screen screen, TimeProvider clock)
    {
        _screen = screen;
        _clock = clock;
        _table = new RunTable(clock, screen.Live.Profile.Capabilities.Unicode);
        _notices = new NewNotices(screen, clock);
    }

    public void Report(BatchRunProgress value) => _reports.Enqueue(value);

    /// <summary>Shows the run until it has ended.</summary>
    /// <param name="run">Goes on with it, and reports.</param>
    /// <param name="shards">Looks at its shards.</param>
    public Task<BatchRunSummary> ShowAsync(Func<IProgress<BatchRunProgress>, Task<BatchRunSummary>> run, Func<Task<IReadOnlyList<BatchShardInfo>>> shards)
    {
        // The first change of a live display also takes the line above it: that must not be what the user typed.
        _screen.Live.WriteLine();
        return _screen.Live.Live(new Text("Reading the lines ..."))
            .AutoClear(true)
            .Overflow(VerticalOverflow.Crop)
            .Cropping(VerticalOverflowCropping.Bottom)
            .StartAsync(async context =>
            {
                context.Refresh();
                Task<BatchRunSummary> running = run(this);
                while (!running.IsCompleted)
                {
                    if (await DrawAsync(shards) is { } table)
                        context.UpdateTarget(table);
                    await Task.WhenAny(running, Task.Delay(Refresh, _clock));
                }

                TakeReports();
                return await running;
            });
    }

    private async Task<IRenderable?> DrawAsync(Func<Task<IReadOnlyList<BatchShardInfo>>> shards)
    {
        if (TakeReports())
            _shards = await shards();
        return _last is null ? null : _table.Of(_last, _shards, _last.Elapsed + _clock.GetElapsedTime(_lastAt), _screen.Live.Profile.Width);
    }

    private bool TakeReports()
    {
        bool isNew = false;
        while (_reports.TryDequeue(out BatchRunProgress? report))
        {
            (_last, _lastAt, isNew) = (report, _clock.GetTimestamp(), true);
            _notices.Tell(report.Notices);
        }

        return isNew;
    }
}
