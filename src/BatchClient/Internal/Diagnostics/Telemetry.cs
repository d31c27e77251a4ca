using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BatchGateway.Internal.Diagnostics;

/// <summary>The sources of spans and metrics. Ids stand on spans and never on metrics.</summary>
internal static class Telemetry
{
    public const string Name = "BatchClient";

    private static readonly string? Version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    public static readonly ActivitySource Source = new(Name, Version);

    private static readonly Meter Meter = new(Name, Version);

    private static readonly Histogram<double> CallDuration =
        Meter.CreateHistogram<double>("batchclient.call.duration", "s", "How long a call took, all its attempts included.");

    private static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("batchclient.call.retries", "{retry}", "How often a call was sent again.");

    private static readonly Histogram<double> BatchDuration =
        Meter.CreateHistogram<double>("batchclient.batch.duration", "s", "How long a batch took from its creation to its end, recorded by a wait that saw it run.");

    private static readonly Counter<long> ResultLines =
        Meter.CreateCounter<long>("batchclient.result.lines", "{line}", "Result lines read, by kind.");

    public static bool MeasuresCalls => CallDuration.Enabled;

    public static void RecordCall(string operation, TimeSpan duration, int? status, string? error)
    {
        TagList tags = new() { { "batchclient.operation", operation } };
        if (status is { } code)
            tags.Add("http.response.status_code", code);
        if (error is not null)
            tags.Add("error.type", error);
        CallDuration.Record(duration.TotalSeconds, tags);
    }

    public static void CountRetry(string operation, string reason) =>
        Retries.Add(1, new("batchclient.operation", operation), new KeyValuePair<string, object?>("error.type", reason));

    /// <summary>By the gateway's own clock on both sides.</summary>
    public static void RecordBatch(Batch batch)
    {
        DateTimeOffset? end = batch.CompletedAt ?? batch.FailedAt ?? batch.ExpiredAt ?? batch.CancelledAt;
        if (end - batch.CreatedAt is { Ticks: >= 0 } duration)
            BatchDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("batchclient.batch.status", batch.Status.Kind.ToString()));
    }

    public static void CountLine(BatchOutcomeKind kind)
    {
        if (ResultLines.Enabled)
            ResultLines.Add(1, new KeyValuePair<string, object?>("batchclient.line.kind", kind.ToString()));
    }
}
