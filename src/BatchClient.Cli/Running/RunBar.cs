using BatchGateway.Runs;
using Spectre.Console;

namespace BatchGateway.Cli.Running;

/// <summary>The lines of a run as one bar: answered, failed, said to be done, and the rest.</summary>
internal static class RunBar
{
    public static void AppendTo(Paragraph line, BatchRunProgress progress, int width, bool isUnicode)
    {
        long settled = progress.Outcomes.Values.Sum();
        long succeeded = progress.Outcomes.GetValueOrDefault(BatchOutcomeKind.Succeeded);
        int drawn = 0;
        Draw(succeeded, Color.Green);
        Draw(settled, Color.Red);
        Draw(RunPace.Done(progress), Color.Blue);
        line.Append(new string(isUnicode ? '─' : '-', width - drawn), new Style(Color.Grey));

        void Draw(long upTo, Color color)
        {
            int end = progress.Lines == 0 ? 0 : (int)Math.Min(width, upTo * width / progress.Lines);
            if (end <= drawn)
                return;

            line.Append(new string(isUnicode ? '━' : '#', end - drawn), new Style(color));
            drawn = end;
        }
    }
}
