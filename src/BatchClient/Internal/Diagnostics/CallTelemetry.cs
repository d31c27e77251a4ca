using System.Diagnostics;
using System.Globalization;
using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Diagnostics;

/// <summary>The span and the measurement of one call.</summary>
internal sealed class CallTelemetry : IDisposable
{
    private readonly GatewayCall _call;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly Activity? _activity;
    private int? _status;
    private string? _error;

    private CallTelemetry(GatewayCall call, Activity? activity, TimeProvider clock)
    {
        _call = call;
        _activity = activity;
        _clock = clock;
        _start = clock.GetTimestamp();
    }

    /// <summary>Begins to watch a call; null when nobody listens, to spans or to measurements.</summary>
    public static CallTelemetry? Start(GatewayCall call, GatewayAddress address, RequestHeaders headers, TimeProvider clock)
    {
        Activity? activity = Telemetry.Source.StartActivity(call.Operation, ActivityKind.Client);
        if (activity is null && !Telemetry.MeasuresCalls)
            return null;

        CallTelemetry telemetry = new(call, activity, clock);
        if (activity is { IsAllDataRequested: true })
            telemetry.Describe(activity, address, headers.ProviderOf(call.Options));
        return telemetry;
    }

    public void Answered(Answer answer)
    {
        _status = (int)answer.Status;
        if (_activity is not { IsAllDataRequested: true })
            return;

        _activity.SetTag("http.response.status_code", _status);
        _activity.SetTag("batchclient.request.id", answer.RequestId);
    }

    public void Succeeded(object? model)
    {
        if (_activity is not { IsAllDataRequested: true })
            return;

        if (model is Batch batch)
            _activity.SetTag("batchclient.batch.id", batch.Id).SetTag("batchclient.batch.status", batch.Status.ToString());
        else if (model is BatchFile file)
            _activity.SetTag("batchclient.file.id", file.Id);
    }

    public void Failed(Exception exception)
    {
        _error = exception is BatchApiException api ? ((int)api.StatusCode).ToString(CultureInfo.InvariantCulture) : exception.GetType().Name;
        _activity?.SetTag("error.type", _error);
        _activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    public void Dispose()
    {
        if (Telemetry.MeasuresCalls)
            Telemetry.RecordCall(_call.Operation, _clock.GetElapsedTime(_start), _status, _error);
        _activity?.SetTag("batchclient.attempts", _call.Attempts);
        _activity?.Dispose();
    }

    private void Describe(Activity span, GatewayAddress address, string? provider)
    {
        span.SetTag("http.request.method", _call.Method.Method);
        span.SetTag("server.address", address.Uri.Host);
        span.SetTag("server.port", address.Uri.Port);
        if (provider is not null)
            span.SetTag("batchclient.provider", provider);
        if (_call.ResourceId is { } id)
            span.SetTag(_call.Operation.StartsWith("batch.", StringComparison.Ordinal) ? "batchclient.batch.id" : "batchclient.file.id", id);
        if (_call.Create is { } create)
            span.SetTag("batchclient.file.id", create.InputFileId);
    }
}
