using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BatchGateway.Benchmarks.Peers;
using BatchGateway.Benchmarks.Server;
using BatchGateway.Benchmarks.UserTypes;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Benchmarks.Calls;

/// <summary>The same call in three ways, each as a user of it would set it up, over the same answer.</summary>
internal sealed class Callers : IDisposable
{
    private static readonly Uri Root = new("https://gateway.example");
    private static readonly Uri BaseUrl = new(Root, Route.ApiPath + "/");

    private readonly BatchAnswer _answer = new();
    private readonly HttpClient _http;
    private readonly HttpClient _peerHttp;
    private readonly ServiceProvider _services;

    public Callers()
    {
        _http = new HttpClient(_answer, disposeHandler: false) { BaseAddress = BaseUrl };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        _http.DefaultRequestHeaders.Add(GatewayHeaders.Provider, "openai-main");
        _peerHttp = new HttpClient(_answer, disposeHandler: false);
        _services = Register();

        IBatchClient client = _services.GetRequiredService<IBatchClient>();
        OpenAIPeer peer = new(new Uri(Root, Route.ApiPath), new HttpClientPipelineTransport(_peerHttp));
        Raw = new Caller("raw", GetRawAsync);
        Ours = new Caller("ours", () => GetAsync(client));
        Listened = Ours with { Name = "listened", IsListenedTo = true };
        OpenAI = new Caller("openai", async () => await peer.GetBatchStatusAsync(BatchAnswer.BatchId) == "completed");
    }

    /// <summary>A bare <see cref="HttpClient"/>: no factory, no retry, no limits of its own.</summary>
    public Caller Raw { get; }

    public Caller Ours { get; }

    public Caller Listened { get; }

    public Caller OpenAI { get; }

    public void Dispose()
    {
        _services.Dispose();
        _peerHttp.Dispose();
        _http.Dispose();
        _answer.Dispose();
    }

    private async Task<bool> GetRawAsync()
    {
        PlainBatch? batch = await _http.GetFromJsonAsync($"batches/{BatchAnswer.BatchId}", UserJson.Default.PlainBatch);
        return batch!.Status == "completed";
    }

    private static async Task<bool> GetAsync(IBatchClient client)
    {
        Batch batch = await client.Batches.GetAsync(BatchAnswer.BatchId);
        return batch.Status.Kind == BatchStatusKind.Completed;
    }

    private ServiceProvider Register()
    {
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = Root.ToString();
            options.ApiPath = Route.ApiPath;
            options.ApiKey = "key";
            options.Provider = "openai-main";
        }).Control.ConfigurePrimaryHttpMessageHandler(() => _answer);
        return services.BuildServiceProvider();
    }
}
