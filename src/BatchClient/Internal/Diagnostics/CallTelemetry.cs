using System.Diagnostics;
using System.Globalization;
using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Diagnostics;

/// <summary>The span and the measurement of one call.</summary>
internal sealed class CallTelemetry : IDisposable
{
    private readonly GatewayCall call;
    private readonly TimeProvider clock;
    private readonly long start;
    private readonly Activity? activity;
    private int? status;
    private string? error;

    public CallTelemetry(GatewayCall call, GatewayAddress address, string? provider, TimeProvider clock)
    {
        this.call = call;
        this.clock = clock;
        start = clock.GetTimestamp();
        activity = Telemetry.Source.StartActivity(call.Operation, ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
            Describe(activity, address, provider);
    }

    public void Answered(Answer answer)
    {
        status = (int)answer.Status;
        if (activity is not { IsAllDataRequested: true })
            return;

        activity.SetTag("http.response.status_code", status);
        activity.SetTag("batchclient.request.id", answer.RequestId);
    }

    public void Succeeded(object? model)
    {
        if (activity is not { IsAllDataRequested: true })
            return;

        if (model is Batch batch)
            activity.SetTag("batchclient.batch.id", batch.Id).SetTag("batchclient.batch.status", batch.Status.ToString());
        else if (model is BatchFile file)
            activity.SetTag("batchclient.file.id", file.Id);
    }

    public void Failed(Exception exception)
    {
        error = exception is BatchApiException api ? ((int)api.StatusCode).ToString(CultureInfo.InvariantCulture) : exception.GetType().Name;
        activity?.SetTag("error.type", error);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    public void Dispose()
    {
        if (Telemetry.MeasuresCalls)
            Telemetry.RecordCall(call.Operation, clock.GetElapsedTime(start), status, error);
        activity?.SetTag("batchclient.attempts", call.Attempts.Count);
        activity?.Dispose();
    }

    private void Describe(Activity span, GatewayAddress address, string? provider)
    {
        span.SetTag("http.request.method", call.Method.Method);
        span.SetTag("server.address", address.Uri.Host);
        span.SetTag("server.port", address.Uri.Port);
        if (provider is not null)
            span.SetTag("batchclient.provider", provider);
        if (call.ResourceId is { } id)
            span.SetTag(call.Operation.StartsWith("batch.", StringComparison.Ordinal) ? "batchclient.batch.id" : "batchclient.file.id", id);
        if (call.Create is { } create)
            span.SetTag("batchclient.file.id", create.Request.InputFileId);
    }
}
