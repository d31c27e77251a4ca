using BatchGateway.Cli.Output;
using BatchGateway.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Running;

/// <summary>
/// A run at a glance, on one screen whatever its size: counts of everything, and the few shards that one would look at first. Each line is cut where
/// the terminal ends.
/// </summary>
internal sealed class RunTable(TimeProvider clock, bool isUnicode)
{
    private const int MostShards = 6;
    private const int BarWidth = 40;

    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <param name="progress">How the run stands.</param>
    /// <param name="shards">Its shards.</param>
    /// <param name="elapsed">How long this process has worked on it.</param>
    /// <param name="width">The columns of the terminal.</param>
    public IRenderable Of(BatchRunProgress progress, IReadOnlyList<BatchShardInfo> shards, TimeSpan elapsed, int width)
    {
        // The last column stays free: some terminals wrap when it is written to.
        int room = width - 1;
        return new Rows(
        [
            Line(room, "Run", $"{progress.Name}, {RunWords.Of(progress.Status)}, {RunWords.Duration(elapsed)}", Bold),
            Bar(room, progress),
            Line(room, "Lines", Lines(progress)),
            Line(room, "Batches", RunWords.Shards(progress.Shards)),
            Line(room, "Gateway", RunWords.AtGateway(progress.Batches)),
            Line(room, "Rate", $"{RunPace.InWords(progress.LinesPerSecond)}{End(progress)}"),
            Line(room, "Tokens", $"{Words.Count(progress.InputTokens)} in, {Words.Count(progress.OutputTokens)} out{Cost(progress)}"),
            Line(room, "Traffic", $"{Words.Bytes(progress.BytesUploaded)} up, {Words.Bytes(progress.BytesDownloaded)} down"),
            .. Shards(shards, room),
        ]);
    }

    private Paragraph Bar(int room, BatchRunProgress progress)
    {
        Paragraph line = new();
        line.Append(new string(' ', Views.LabelWidth));
        RunBar.AppendTo(line, progress, Math.Clamp(room - Views.LabelWidth - 7, 1, BarWidth), isUnicode);
        line.Append(progress.Lines == 0 ? "" : FormattableString.Invariant($"  {RunPace.Done(progress) * 100 / progress.Lines,3}%"));
        return line;
    }

    private static string Lines(BatchRunProgress progress)
    {
        string reported = progress.LinesReported > 0 ? $", {Words.Count(progress.LinesReported)} more reported" : "";
        return $"{RunWords.Outcomes(progress.Outcomes)}{reported}, of {Words.Count(progress.Lines)}";
    }

    private string End(BatchRunProgress progress)
    {
        string left = RunWords.Remaining(progress, clock);
        return left.Length == 0 ? "" : FormattableString.Invariant($"{left} ({progress.EstimatedEnd?.ToLocalTime():HH:mm})");
    }

    private static string Cost(BatchRunProgress progress) => progress.Cost is not { } cost
        ? ""
        : $", cost {RunWords.Money(cost)}{(progress.UnpricedLines > 0 ? $" without {Words.Count(progress.UnpricedLines)} lines" : "")}";

    private static IEnumerable<IRenderable> Shards(IReadOnlyList<BatchShardInfo> shards, int room)
    {
        List<BatchShardInfo> open = [.. shards.Where(RunShards.IsOpen).OrderBy(RunShards.Interest).ThenBy(shard => shard.Number)];
        if (open.Count == 0)
            return [];

        List<IRenderable> rows = [new Text(""), RunShards.Table(open.Take(MostShards), room)];
        if (open.Count > MostShards)
            rows.Add(new Text($"... and {Words.Count(open.Count - MostShards)} more", new Style(Color.Grey)));
        return rows;
    }

    private static Paragraph Line(int room, string label, string text, Style? style = null)
    {
        string plain = Plain.LineOf(text);
        int most = Math.Max(1, room - Views.LabelWidth);
        return new Paragraph()
            .Append(label.PadRight(Views.LabelWidth), new Style(Color.Green))
            .Append(plain.Length <= most ? plain : plain[..(most - 1)] + "…", style ?? Style.Plain);
    }
}
