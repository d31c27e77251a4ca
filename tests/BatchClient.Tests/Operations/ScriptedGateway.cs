using System.Net;
using System.Text;
using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Tests.Operations;

/// <summary>A gateway in memory that answers gets of one batch by a script, for shapes that the emulator does not pretend to have.</summary>
internal sealed class ScriptedGateway : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _gets = new();
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _contents = [];
    private readonly List<DateTimeOffset> _getTimes = [];
    private Func<HttpResponseMessage>? _lastGet;

    public EmulatorClock Clock { get; } = EmulatorClock.AutoAdvancing();

    /// <summary>When the batch was asked for, by the client's clock.</summary>
    public IReadOnlyList<DateTimeOffset> GetTimes => _getTimes;

    public IReadOnlyList<string> Downloads { get; private set; } = [];

    public static HttpResponseMessage Json(string json, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static string Batch(string status, string? members = null) =>
        $$"""{"id":"batch_1","object":"batch","status":"{{status}}"{{(members is null ? "" : "," + members)}}}""";

    /// <summary>What the next gets are answered with; the last answer stays.</summary>
    public ScriptedGateway Gets(params string[] batches)
    {
        foreach (string batch in batches)
            _gets.Enqueue(() => Json(batch));
        return this;
    }

    public ScriptedGateway GetsStatus(int status, int times = 1, TimeSpan? retryAfter = null)
    {
        for (int i = 0; i < times; i++)
            _gets.Enqueue(() => WithRetryAfter(Json("""{"error":{"message":"no"}}""", status), retryAfter));
        return this;
    }

    public ScriptedGateway GetsFailure(int times = 1)
    {
        for (int i = 0; i < times; i++)
            _gets.Enqueue(() => throw new HttpRequestException("The wire is cut."));
        return this;
    }

    public ScriptedGateway Content(string fileId, string text) => Content(fileId, Encoding.UTF8.GetBytes(text));

    public ScriptedGateway Content(string fileId, byte[] bytes)
    {
        if (!_contents.TryGetValue(fileId, out Queue<Func<HttpResponseMessage>>? answers))
            _contents[fileId] = answers = new Queue<Func<HttpResponseMessage>>();
        answers.Enqueue(() => new HttpResponseMessage { Content = new ByteArrayContent(bytes) });
        return this;
    }

    public IBatchClient Client(Action<BatchGatewayOptions>? configure = null, ILoggerProvider? logs = null)
    {
        ServiceCollection services = new();
        if (logs is not null)
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        IBatchClientBuilder builder = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "gateway.example";
            options.ApiKey = "key";
            options.MaxAttempts = 1;
            options.TimeProvider = Clock;
            configure?.Invoke(options);
        });
        builder.Control.ConfigurePrimaryHttpMessageHandler(() => this);
        builder.Transfer.ConfigurePrimaryHttpMessageHandler(() => this);
        return services.BuildServiceProvider().GetRequiredService<IBatchClient>();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        string path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("/content", StringComparison.Ordinal))
            return Download(path.Split('/')[^2]);
        if (!path.EndsWith("/batches/batch_1", StringComparison.Ordinal))
            return Json("""{"detail":"Not Found"}""", 404);

        _getTimes.Add(Clock.GetUtcNow());
        if (_gets.TryDequeue(out Func<HttpResponseMessage>? next))
            _lastGet = next;
        return _lastGet!();
    }

    private HttpResponseMessage Download(string fileId)
    {
        Downloads = [.. Downloads, fileId];
        if (!_contents.TryGetValue(fileId, out Queue<Func<HttpResponseMessage>>? answers))
            return Json("""{"error":{"message":"No such file."}}""", 404);
        return (answers.Count > 1 ? answers.Dequeue() : answers.Peek())();
    }

    private static HttpResponseMessage WithRetryAfter(HttpResponseMessage response, TimeSpan? delay)
    {
        if (delay is { } value)
            response.Headers.RetryAfter = new(value);
        return response;
    }
}
