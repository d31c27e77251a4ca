using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BatchGateway.Benchmarks.Calls;

/// <summary>Somebody who takes every span with all its attributes and every measurement, until disposed of.</summary>
internal sealed class Listeners : IDisposable
{
    private const string Name = "BatchClient";

    private readonly ActivityListener _spans = new()
    {
        ShouldListenTo = source => source.Name == Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    private readonly MeterListener _metrics = new()
    {
        InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Name)
                listener.EnableMeasurementEvents(instrument);
        },
    };

    private long _seen;

    public Listeners()
    {
        _spans.ActivityStopped = _ => _seen++;
        _metrics.SetMeasurementEventCallback<double>((_, _, _, _) => _seen++);
        _metrics.SetMeasurementEventCallback<long>((_, _, _, _) => _seen++);
        ActivitySource.AddActivityListener(_spans);
        _metrics.Start();
    }

    /// <summary>How many spans and measurements there were.</summary>
    public long Seen => _seen;

    public void Dispose()
    {
        _metrics.Dispose();
        _spans.Dispose();
    }
}
