using BatchGateway.Emulator.Internal;

namespace BatchGateway.Emulator;

/// <summary>
/// A gateway in this process, on 127.0.0.1: the batch and files calls over real HTTP, with batches that live by an
/// <see cref="EmulatorClock"/>.
/// </summary>
/// <example>
/// <code>
/// await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync();
/// services.AddBatchClient().UseEmulator(emulator);
/// emulator.OnCreateBatch.LoseAnswer();                 // created, but the answer never arrives
///
/// emulator.Clock.Advance(TimeSpan.FromHours(25));      // a day and an hour later
/// IReadOnlyList&lt;string&gt; created = emulator.Ledger.BatchesCreated;
/// </code>
/// </example>
public sealed class BatchGatewayEmulator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly RequestLog _requests = new();
    private readonly CreateLog _creates = new();
    private readonly LoopbackServer _server;
    private readonly SignedServer _signedServer;
    private readonly SignedAddresses _signedAddresses;
    private readonly Gatekeeper _gatekeeper;
    private readonly FrontDoor _door;
    private readonly Habits _habits;
    private readonly int _unsupportedStatus;
    private readonly ScriptQueue _scripts;
    private readonly FileStore _files;
    private readonly BatchStore _batches;
    private int _disposed;

    private BatchGatewayEmulator(EmulatorOptions options)
    {
        ApiPath = OptionRules.NormalPath(options.ApiPath);
        RequiredProvider = options.RequiredProvider;
        Clock = options.Clock ?? EmulatorClock.AutoAdvancing();

        Bill bill = new();
        _habits = Habits.From(options);
        _unsupportedStatus = options.UnsupportedStatus;
        _scripts = new ScriptQueue(options.Script);
        _files = new FileStore(Clock);
        _batches = new BatchStore(_files, Clock, bill, _scripts, _habits);
        _gatekeeper = new Gatekeeper(options.ApiKey, RequiredProvider);
        _door = new FrontDoor(OnAnyCall);
        _server = new LoopbackServer(options.Port);
        _signedServer = new SignedServer(CreateSignedGateway);
        _signedAddresses = new SignedAddresses(Clock);
        Ledger = new EmulatorLedger(_requests, _creates, bill, _files, Settle);
    }

    /// <summary>The address of the server, such as <c>http://127.0.0.1:41234/</c>, without the API path.</summary>
    public Uri Url => _server.Url;

    /// <summary>The path in front of every call, without a slash at its end; <see cref="EmulatorOptions.ApiPath"/>.</summary>
    public string ApiPath { get; }

    /// <summary>The address that the paths of the calls are appended to: <see cref="Url"/> and <see cref="ApiPath"/>.</summary>
    public Uri BaseUrl => new(Url, ApiPath);

    /// <summary>
    /// The bearer token that every call must carry now: <see cref="EmulatorOptions.ApiKey"/>, or the last one of <see cref="ChangeApiKey"/>.
    /// </summary>
    public string ApiKey => _gatekeeper.ApiKey;

    /// <summary>The only accepted value of <c>x-tfy-provider-name</c>; null when any is.</summary>
    public string? RequiredProvider { get; }

    /// <summary>The clock that batches live by.</summary>
    public EmulatorClock Clock { get; }

    /// <summary>What really happened, seen from the gateway's side.</summary>
    public EmulatorLedger Ledger { get; }

    /// <summary>The script of every batch that is created from now on; at first <see cref="EmulatorOptions.Script"/>.</summary>
    /// <exception cref="ArgumentException">The script makes no sense.</exception>
    public EmulatorScript Script
    {
        get => _scripts.Standing;
        set
        {
            ScriptRules.Require(value);
            _scripts.Standing = value;
        }
    }

    /// <summary>Whatever arrives, also what the emulator has no call for. A fault of the call itself goes first.</summary>
    public EmulatorRoute OnAnyCall { get; } = new("AnyCall");

    /// <summary><c>POST /batches</c>.</summary>
    public EmulatorRoute OnCreateBatch { get; } = new("CreateBatch");

    /// <summary><c>GET /batches/{id}</c>.</summary>
    public EmulatorRoute OnGetBatch { get; } = new("GetBatch");

    /// <summary><c>GET /batches</c>.</summary>
    public EmulatorRoute OnListBatches { get; } = new("ListBatches");

    /// <summary><c>POST /batches/{id}/cancel</c>.</summary>
    public EmulatorRoute OnCancelBatch { get; } = new("CancelBatch");

    /// <summary><c>GET /batches/{id}/output</c>: only with <see cref="EmulatorOptions.BatchOutput"/>.</summary>
    public EmulatorRoute OnBatchOutput { get; } = new("BatchOutput");

    /// <summary><c>POST /files</c>.</summary>
    public EmulatorRoute OnUploadFile { get; } = new("UploadFile");

    /// <summary><c>GET /files/{id}</c>.</summary>
    public EmulatorRoute OnGetFile { get; } = new("GetFile");

    /// <summary><c>GET /files</c>.</summary>
    public EmulatorRoute OnListFiles { get; } = new("ListFiles");

    /// <summary><c>DELETE /files/{id}</c>.</summary>
    public EmulatorRoute OnDeleteFile { get; } = new("DeleteFile");

    /// <summary><c>GET /files/{id}/content</c>.</summary>
    public EmulatorRoute OnFileContent { get; } = new("FileContent", ContentKind.Gateway);

    /// <summary>
    /// <c>GET</c> of a signed address, on a second port: where <see cref="EmulatorFaults.RedirectToSigned"/> sends a client.
    /// </summary>
    public EmulatorRoute OnSignedContent { get; } = new("SignedContent", ContentKind.SignedAddress);

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">How it behaves; default: everything as <see cref="EmulatorOptions"/> says.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>An emulator that answers until it is disposed.</returns>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="IOException"><see cref="EmulatorOptions.Port"/> is taken.</exception>
    public static async Task<BatchGatewayEmulator> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        OptionRules.Require(options);

        BatchGatewayEmulator emulator = new(options);
        try
        {
            await emulator._server.StartAsync(emulator.CreateGateway(options), cancellationToken).ConfigureAwait(false);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives the next batches a script of their own, in the order of the calls; then <see cref="Script"/> goes on.</summary>
    /// <param name="script">How they live.</param>
    /// <param name="times">How many batches live by it; default 1.</param>
    /// <exception cref="ArgumentException">The script makes no sense, or the number is less than 1.</exception>
    public void ScriptNextBatch(EmulatorScript script, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        ScriptRules.Require(script);
        _scripts.Enqueue(script, times);
    }

    /// <summary>From now on only this token is accepted, and others get 401: the way a key rotates.</summary>
    /// <param name="apiKey">The new token.</param>
    /// <exception cref="ArgumentException">It is empty, not printable ASCII, or has spaces around it.</exception>
    public void ChangeApiKey(string apiKey)
    {
        OptionRules.RequireKey(apiKey, nameof(apiKey));
        _gatekeeper.ApiKey = apiKey;
    }

    /// <summary>
    /// Stops answering, ends the requests that hang, and deletes the files. The ledger stays readable; what came due after somebody last looked at a
    /// batch or at the ledger is not in it.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_server.StopAsync(), _signedServer.StopAsync()).ConfigureAwait(false);
        _server.Dispose();
        _files.Dispose();
        _stopping.Dispose();
    }

    private Gateway CreateGateway(EmulatorOptions options)
    {
        Router router = new(ApiPath, CreateEndpoints(options));
        return new Gateway(router, _door, _gatekeeper.Admit, _unsupportedStatus, Clock, _requests, _stopping.Token)
        {
            LedgerPage = new LedgerPage(Ledger, _creates, _gatekeeper),
        };
    }

    private Gateway CreateSignedGateway()
    {
        SignedCalls calls = new(_files, _signedAddresses, _habits.HonoursRanges);
        Router router = new("", [new(OnSignedContent, "GET", "files/{id}", IsOn: true, calls.ContentAsync)]);
        return new Gateway(router, _door, SignedCalls.Admit, _unsupportedStatus, Clock, _requests, _stopping.Token);
    }

    private async Task<string> SignAsync(EmulatedFile file)
    {
        Uri storage = await _signedServer.UrlAsync().ConfigureAwait(false);
        return new Uri(storage, _signedAddresses.Issue(file)).AbsoluteUri;
    }

    private Endpoint[] CreateEndpoints(EmulatorOptions options)
    {
        BatchCalls batches = new(_batches, _files, _creates, _habits, Clock, options.ListDelay);
        FileCalls files = new(_files, _habits, Clock, _batches.Settle) { MaxUploadBytes = options.MaxUploadBytes, SignAsync = SignAsync };
        return
        [
            new(OnCreateBatch, "POST", "batches", IsOn: true, batches.CreateAsync),
            new(OnGetBatch, "GET", "batches/{id}", IsOn: true, batches.GetAsync),
            new(OnListBatches, "GET", "batches", _habits.ListsBatches, batches.ListAsync),
            new(OnCancelBatch, "POST", "batches/{id}/cancel", _habits.Cancels, batches.CancelAsync),
            new(OnBatchOutput, "GET", "batches/{id}/output", _habits.GivesOutput, batches.OutputAsync),
            new(OnUploadFile, "POST", "files", IsOn: true, files.UploadAsync),
            new(OnGetFile, "GET", "files/{id}", IsOn: true, files.GetAsync),
            new(OnListFiles, "GET", "files", _habits.ListsFiles, files.ListAsync),
            new(OnDeleteFile, "DELETE", "files/{id}", IsOn: true, files.DeleteAsync),
            new(OnFileContent, "GET", "files/{id}/content", IsOn: true, files.ContentAsync),
        ];
    }

    // The ledger may be read after the end, when there are no input files left to run.
    private void Settle()
    {
        if (Volatile.Read(ref _disposed) == 0)
            _batches.Settle();
    }
}
