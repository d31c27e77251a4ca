using BatchGateway.Benchmarks.Peers;
using BatchGateway.Benchmarks.Server;
using BenchmarkDotNet.Attributes;

namespace BatchGateway.Benchmarks.Bdn;

/// <summary>What all benchmarks share that talk to a server.</summary>
public abstract class ServerBenchmarks
{
    private ServerProcess? _server;
    private TempFolder? _folder;

    private protected ServerAddress Server { get; private set; } = null!;

    private protected HttpClient Http { get; private set; } = null!;

    private protected OwnedBatchClient Client { get; private set; } = null!;

    private protected OpenAIPeer Peer { get; private set; } = null!;

    // BenchmarkDotNet in this process awaits no setup and no cleanup.
    [GlobalSetup]
    public void Start()
    {
        _folder = new TempFolder();
        _server = ServerProcess.StartAsync().GetAwaiter().GetResult();
        Server = _server.Address;
        Http = new HttpClient();
        Client = Server.CreateClient();
        Peer = new OpenAIPeer(Server.BaseUrl);
        Prepare();
    }

    [GlobalCleanup]
    public void Stop()
    {
        Http.Dispose();
        Client.Dispose();
        _folder?.Dispose();
        _server?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private protected string FilePath(string name) => _folder!.File(name);

    /// <summary>What else is needed once the server runs.</summary>
    private protected virtual void Prepare()
    {
    }
}
