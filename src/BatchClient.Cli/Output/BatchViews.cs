using Spectre.Console;
using Spectre.Console.Rendering;

namespace BatchGateway.Cli.Output;

/// <summary>Batches, for people.</summary>
internal static class BatchViews
{
    /// <summary>Everything that is worth knowing of one.</summary>
    public static IRenderable One(Batch batch, TimeProvider clock)
    {
        Grid grid = Views.Labelled()
            .Row("Batch", batch.Id, new Style(decoration: Decoration.Bold))
            .Row("Status", batch.Status.ToString(), StyleOf(batch.Status))
            .Row("Lines", Counts(batch))
            .Row("Endpoint", batch.Endpoint.ToString())
            .Row("Model", batch.Model);
        foreach ((string label, DateTimeOffset? time) in Times(batch))
            grid.Row(label, time is { } moment ? Words.Moment(moment, clock) : null);
        grid.Row("Input", batch.InputFileId).Row("Output", batch.OutputFileId).Row("Errors", batch.ErrorFileId).Row("Tokens", Tokens(batch.Usage));
        foreach ((string key, string value) in batch.Metadata)
            grid.Row("Metadata", $"{key}={value}");
        foreach (BatchError error in batch.Errors)
            grid.Row("Problem", error.ToString(), new Style(Color.Red));
        return grid;
    }

    /// <summary>One line each.</summary>
    public static IRenderable Many(IReadOnlyList<Batch> batches, TimeProvider clock, int width)
    {
        if (batches.Count == 0)
            return new Text("There are no batches.\n");

        Lines lines = new("BATCH", "STATUS", "LINES", "AGE", "ENDPOINT", "INPUT");
        foreach (Batch batch in batches)
            lines.Add(
                batch.Id,
                new(batch.Status.ToString(), StyleOf(batch.Status)),
                Done(batch.RequestCounts),
                Words.Age(batch.CreatedAt, clock),
                batch.Endpoint.ToString(),
                batch.InputFileId);
        return lines.For(width);
    }

    /// <summary>How a status looks, wherever it stands.</summary>
    public static Style StyleOf(BatchStatus status) => new(status.Kind switch
    {
        BatchStatusKind.Completed => Color.Green,
        BatchStatusKind.Failed or BatchStatusKind.Expired or BatchStatusKind.Cancelled => Color.Red,
        BatchStatusKind.Unknown => Color.Yellow,
        _ => Color.Blue,
    });

    private static string Done(BatchRequestCounts? counts) =>
        counts is null ? "-" : $"{Words.Count((counts.Completed ?? 0) + (counts.Failed ?? 0))}/{Words.Count(counts.Total)}";

    private static string? Counts(Batch batch) => batch.RequestCounts is { Total: not null } counts
        ? $"{Words.Count(counts.Completed ?? 0)} of {Words.Count(counts.Total)} completed, {Words.Count(counts.Failed ?? 0)} failed"
        : null;

    private static string? Tokens(TokenUsage? usage) =>
        usage is { TotalTokens: > 0 } ? $"{Words.Count(usage.InputTokens)} in, {Words.Count(usage.OutputTokens)} out" : null;

    private static (string, DateTimeOffset?)[] Times(Batch batch) =>
    [
        ("Created", batch.CreatedAt),
        ("Completed", batch.CompletedAt),
        ("Failed", batch.FailedAt),
        ("Expired", batch.ExpiredAt),
        ("Cancelling", batch.CancelledAt is null ? batch.CancellingAt : null),
        ("Cancelled", batch.CancelledAt),
        ("Expires", batch.IsTerminal ? null : batch.ExpiresAt),
    ];
}
