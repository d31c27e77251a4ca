using BatchGateway.Cli.Output;
using BatchGateway.Runs;

namespace BatchGateway.Cli.Running;

/// <summary>A run that is told in lines: one whenever something has changed, the more seldom the longer it takes.</summary>
internal sealed class RunLines(Screen screen, TimeProvider clock) : IProgress<BatchRunProgress>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly NewNotices _notices = new(screen, clock);
    private TimeSpan? _toldAt;
    private string? _last;

    public void Report(BatchRunProgress value)
    {
        _notices.Tell(value.Notices);
        string pace = RunPace.InWords(value.LinesPerSecond);
        string now = $"{Words.Count(value.Outcomes.Values.Sum())} of {Words.Count(value.Lines)} lines: {RunWords.Outcomes(value.Outcomes)}; "
            + $"batches {RunWords.Shards(value.Shards)}";
        if (now == _last || value.Elapsed - _toldAt < Pause(value.Elapsed))
            return;

        (_last, _toldAt) = (now, value.Elapsed);
        screen.Note("Running", pace == "-" ? now : $"{now}; {pace}{RunWords.Remaining(value, clock)}");
    }

    private static TimeSpan Pause(TimeSpan elapsed) => elapsed / 20 < Longest ? elapsed / 20 : Longest;
}
