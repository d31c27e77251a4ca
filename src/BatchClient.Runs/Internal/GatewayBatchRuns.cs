using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BatchGateway.Runs.Internal;

/// <summary>Runs over one state folder, which is opened when it is first needed.</summary>
internal sealed class GatewayBatchRuns : IBatchRuns, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan LookForResultsEvery = TimeSpan.FromSeconds(5);

    private readonly BatchRunsOptions _options;
    private readonly ClientDirectory _clients;
    private readonly ILogger _logger;
    private readonly Lazy<TimeProvider> _clock;
    private readonly string _worker = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly ActiveRuns _active = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _inputs = new();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private RunsState? _state;
    private bool _isDisposed;

    public GatewayBatchRuns(IServiceProvider services, IOptions<BatchRunsOptions> options, ILoggerFactory? logging = null)
    {
        _options = options.Value;
        _clients = new ClientDirectory(services);
        _logger = (logging ?? NullLoggerFactory.Instance).CreateLogger("BatchClient.Runs");
        _clock = new Lazy<TimeProvider>(
            () => new SteadyClock(_options.TimeProvider ?? _clients.ClockOf(_options.Client)), LazyThreadSafetyMode.PublicationOnly);
    }

    // Asked for when it is first needed: what is wrong with a client's options is told to who uses it, and not to who resolves this.
    private TimeProvider Clock => _clock.Value;

    public async Task<BatchRunSummary> RunAsync(BatchRunRequest request, IProgress<BatchRunProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        RunSettings settings = RequestRules.SettingsOf(request, _clients.AddressOf(request.Client ?? _options.Client, request.Call));
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        RunRow run = await TakeInputAsync(state, request, settings, cancellationToken).ConfigureAwait(false);
        string? notice = OtherSettings(run, request, settings);
        if (notice is not null)
            _logger.RunNotice(run.Name, notice);
        return await DriveAsync(state, run, progress, cancellationToken, notice).ConfigureAwait(false);
    }

    public async Task<BatchRunSummary> ResumeAsync(string name, IProgress<BatchRunProgress>? progress, CancellationToken cancellationToken)
    {
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        return await DriveAsync(state, await SealedAsync(state, name, cancellationToken).ConfigureAwait(false), progress, cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<BatchRunSummary> CancelAsync(string name, IProgress<BatchRunProgress>? progress, CancellationToken cancellationToken)
    {
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        RunRow run = await SealedAsync(state, name, cancellationToken).ConfigureAwait(false);
        await state.Store.RequestCancelAsync(run.Id, cancellationToken).ConfigureAwait(false);
        _active.ContextOf(name)?.Changed.Set();
        return await DriveAsync(state, run, progress, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<BatchResultLine> ReadResultsAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        RunRow run = await RequireAsync(state, name, cancellationToken).ConfigureAwait(false);
        await foreach (BatchResultLine line in ResultsOf(state, run).ReadAsync(run, cancellationToken).ConfigureAwait(false))
            yield return line;
    }

    public async IAsyncEnumerable<BatchResultLine> ReadArrivingResultsAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const ShardState settled = ShardState.Harvested | ShardState.Cleaned | ShardState.Abandoned;
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        RunRow run = await RequireAsync(state, name, cancellationToken).ConfigureAwait(false);
        HashSet<int> read = [];
        while (true)
        {
            Task? change = _active.ChangeOf(name);
            // The run before its shards: one whose lines are fixed has them.
            run = await RequireAsync(state, name, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ShardRow> shards = await state.Store.ListShardsAsync(run.Id, ShardState.All, cancellationToken).ConfigureAwait(false);
            foreach (ShardRow shard in shards.Where(shard => (shard.State & settled) != 0 && read.Add(shard.Number)))
            {
                await foreach (BatchResultLine line in ResultsOf(state, run).ReadSettledAsync(run, shard, cancellationToken).ConfigureAwait(false))
                    yield return line;
            }

            if (run.Input is not null && shards.All(shard => (shard.State & (settled | ShardState.Ambiguous)) != 0))
                yield break;
            await LookLaterAsync(change, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task WriteResultsAsync(string name, string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        RunRow run = await RequireAsync(state, name, cancellationToken).ConfigureAwait(false);
        await ResultsOf(state, run).WriteAsync(run, path, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<BatchRunInfo>> ListAsync(CancellationToken cancellationToken)
    {
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        List<BatchRunInfo> infos = [];
        foreach (RunRow run in await state.Store.ListRunsAsync(cancellationToken).ConfigureAwait(false))
            infos.Add(RunViews.Of(run, await state.Store.CountsAsync(run.Id, cancellationToken).ConfigureAwait(false), []));
        return infos;
    }

    public async Task<BatchRunInfo?> FindAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        if (await state.Store.FindRunAsync(name, cancellationToken).ConfigureAwait(false) is not { } run)
            return null;

        RunCounts counts = await state.Store.CountsAsync(run.Id, cancellationToken).ConfigureAwait(false);
        return RunViews.Of(run, counts, await state.Store.ListShardsAsync(run.Id, ShardState.All, cancellationToken).ConfigureAwait(false));
    }

    public async Task AttachAsync(string name, int shard, string batchId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(batchId);
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        RunRow run = await SealedAsync(state, name, cancellationToken).ConfigureAwait(false);
        await new Settlement(_active.ContextOf(name) ?? ContextOf(state, run)).AttachAsync(shard, batchId, cancellationToken).ConfigureAwait(false);
    }

    public async Task AbandonAsync(string name, int shard, CancellationToken cancellationToken)
    {
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        RunRow run = await SealedAsync(state, name, cancellationToken).ConfigureAwait(false);
        await new Settlement(_active.ContextOf(name) ?? ContextOf(state, run)).AbandonAsync(shard, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        RunsState state = await StateAsync(cancellationToken).ConfigureAwait(false);
        SemaphoreSlim input = InputOf(name);
        // Its lines may be on their way to the disk: what is deleted now would be written once more.
        if (!await input.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
            throw BeingWorkedOn(name);

        try
        {
            bool wasThere = false;
            bool isFree = await _active.TryWithoutAsync(
                name,
                async () => wasThere = await DeleteAsync(state, name, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            return isFree ? wasThere : throw BeingWorkedOn(name);
        }
        finally
        {
            input.Release();
        }
    }

    // A container that is disposed of without waiting cannot wait for this either: what is under way stops as soon as it can.
    public void Dispose() => _ = DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        await _active.DisposeAsync().ConfigureAwait(false);
        await _opening.WaitAsync().ConfigureAwait(false);
        if (_state is not null)
            await _state.DisposeAsync().ConfigureAwait(false);
        _opening.Release();
    }

    private static BatchRunException BeingWorkedOn(string name) =>
        new($"Run '{name}' is being worked on by this process, and was not deleted. Cancel it, or leave it, first.");

    private async Task<bool> DeleteAsync(RunsState state, string name, CancellationToken cancellationToken)
    {
        if (await state.Store.FindRunAsync(name, cancellationToken).ConfigureAwait(false) is not { } run)
            return false;

        try
        {
            return await new RunInput(state, _options.Probe).DeleteAsync(run).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BatchRunException(
                $"Run '{run.Name}' was deleted, but some of its files could not be removed: {exception.Message} They hold lines or results, and "
                + "belong to nobody. They are removed when the state folder is opened the next time; see what stands in the way, or remove "
                + $"'blobs/{BlobsOfRun.Prefix(run.Id)}' in it by hand.",
                exception);
        }
    }

    private async Task<RunsState> StateAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_options.PollInterval <= TimeSpan.Zero)
                throw new InvalidOperationException($"PollInterval is {_options.PollInterval}, and must be longer than nothing; null is the default.");
            return _state ??= await RunsState.OpenAsync(
                _options.StateFolder ?? throw new InvalidOperationException("StateFolder is missing: set the folder that runs are kept in "
                    + "(AddBatchRuns(options => options.StateFolder = ...))."),
                Clock,
                _options,
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>One at a time brings in the lines of a run of this name, or deletes it.</summary>
    private SemaphoreSlim InputOf(string name) => _inputs.GetOrAdd(name, _ => new SemaphoreSlim(1, 1));

    // Beside a run that is worked on here this is a limit on that work, and no wait: a clock that jumps from wait to wait would jump over its steps.
    private Task LookLaterAsync(Task? change, CancellationToken cancellationToken) => change is null
        ? Task.Delay(LookForResultsEvery, Clock, cancellationToken)
        : Signal.WaitForWorkAsync(change, LookForResultsEvery, Clock, cancellationToken);

    private async Task<RunRow> TakeInputAsync(RunsState state, BatchRunRequest request, RunSettings settings, CancellationToken cancellationToken)
    {
        SemaphoreSlim one = InputOf(request.Name);
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await new RunInput(state, _options.Probe).TakeAsync(request, settings, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (FolderFailure.IsFull(exception))
        {
            throw FolderFailure.Full(state.Path, exception);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<BatchRunSummary> DriveAsync(RunsState state, RunRow run, IProgress<BatchRunProgress>? progress,
        CancellationToken cancellationToken, string? notice = null)
    {
        if (run.State != RunState.Ended)
            await _active.JoinAsync(run.Name, () => new ActiveRun(ContextOf(state, run), Math.Max(1, _options.Workers)), progress,
                cancellationToken).ConfigureAwait(false);

        RunRow end = await RequireAsync(state, run.Name, cancellationToken).ConfigureAwait(false);
        RunCounts counts = await state.Store.CountsAsync(end.Id, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ShardRow> shards = await state.Store.ListShardsAsync(end.Id, ShardState.All, cancellationToken).ConfigureAwait(false);
        return RunViews.Summary(end, RunSettings.Of(end), counts, shards, notice);
    }

    /// <summary>What a later call asks for otherwise, and does not get; null for nothing.</summary>
    private static string? OtherSettings(RunRow run, BatchRunRequest request, RunSettings given)
    {
        IEnumerable<string> names = RunSettings.Of(run).DifferencesFrom(given);
        if (run.Deadline - run.CreatedAt != request.Deadline)
            names = names.Append(nameof(BatchRunRequest.Deadline));
        string others = string.Join(", ", names.Order(StringComparer.Ordinal));
        return others.Length == 0 ? null : $"The run goes on with the settings of its first call; this call has others: {others}.";
    }

    private RunContext ContextOf(RunsState state, RunRow run)
    {
        RunSettings settings = RunSettings.Of(run);
        // Fails here, and not halfway, when the client is not there or points elsewhere.
        _clients.Find(settings.Address);
        return new RunContext(run, Clock, _logger)
        {
            Settings = settings,
            Store = state.Store,
            Blobs = new BlobsOfRun(state.Blobs, run.Id),
            Clients = _clients,
            Worker = _worker,
            PollInterval = _options.PollInterval,
            ShouldRetry = _options.ShouldRetry,
            Probe = _options.Probe,
        };
    }

    private static RunResults ResultsOf(RunsState state, RunRow run) => new(state.Store, new BlobsOfRun(state.Blobs, run.Id));

    private static async Task<RunRow> RequireAsync(RunsState state, string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return await state.Store.FindRunAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw new BatchRunException($"There is no run '{name}' in this state folder. Start it with its lines (RunAsync).");
    }

    private static async Task<RunRow> SealedAsync(RunsState state, string name, CancellationToken cancellationToken)
    {
        RunRow run = await RequireAsync(state, name, cancellationToken).ConfigureAwait(false);
        return run.State != RunState.Spooling ? run : throw new BatchRunException(
            $"The lines of run '{name}' were not durable yet when its process ended, and nothing was sent. Start it again with its lines "
                + "(RunAsync), or delete it (DeleteAsync).");
    }
}
