using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>
/// The whole life of one batch on floor 2, as a careful program lives it: what an exception gives is what it goes on with, once the
/// misfortune is over.
/// </summary>
internal sealed class Life
{
    public const string Prepare = "PrepareAsync";
    public const string Create = "CreateAsync";
    public const string Cancel = "CancelAsync";
    public const string Wait = "WaitAsync";
    public const string Read = "ReadOutcomesAsync";

    private const int MostTries = 20;

    private readonly Misfortune _misfortune;
    private readonly Scene _scene;
    private readonly List<LifeStep> _steps = [];
    private readonly List<BatchOutcome<string, string?>> _outcomes = [];
    private readonly List<BatchResultLine> _unmatched = [];
    private readonly ReportLog _reports = new();
    private PreparedBatch _prepared = null!;
    private BatchOperation _operation = null!;

    public Life(Misfortune misfortune, Scene scene)
    {
        _misfortune = misfortune;
        _scene = scene;
    }

    public IReadOnlyList<LifeStep> Steps => _steps;

    public IReadOnlyList<BatchOutcome<string, string?>> Outcomes => _outcomes;

    /// <summary>Lines that were handed to the user and decide nothing.</summary>
    public IReadOnlyList<BatchResultLine> Unmatched => _unmatched;

    /// <summary>Whether the progress of the wait told of something that was wrong.</summary>
    public bool WasTold => _reports.HasTold;

    public Batch End { get; private set; } = null!;

    public async Task RunAsync()
    {
        _prepared = await StepAsync(Prepare, _ => _scene.Gateway.PrepareAsync(Answers.Lines), _ => "prepared again");
        _operation = await StepAsync(Create, CreateAsync, HowToCreate);
        if (_misfortune.Cancels)
            await CancelAsync();
        End = await StepAsync(Wait, WaitAsync, _ => "attached");
        await StepAsync(Read, ReadAsync, before => before is InvalidOperationException ? "waited and read again" : "read again");
    }

    private Task<BatchOperation> CreateAsync(Exception? before) => before switch
    {
        AmbiguousCreateException { InputFileId: var file } => BatchOf(file) is { } id ? Task.FromResult(_scene.Gateway.Attach(id)) : AnewAsync(),
        _ => _prepared.CreateAsync(),
    };

    private string HowToCreate(Exception before) => before switch
    {
        AmbiguousCreateException { InputFileId: var file } when BatchOf(file) is not null => "found in the console and attached",
        AmbiguousCreateException => "none in the console, so submitted again",
        _ => "created again",
    };

    /// <summary>The batch of a file as a person finds it who looks at the gateway itself.</summary>
    private string? BatchOf(string file) => _scene.Emulator.Ledger.BatchesCreatedFor(file) is [var id, ..] ? id : null;

    private async Task<BatchOperation> AnewAsync()
    {
        _prepared = await _scene.Gateway.PrepareAsync(Answers.Lines);
        return await _prepared.CreateAsync();
    }

    private async Task CancelAsync()
    {
        _scene.Emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        try
        {
            await StepAsync(
                Cancel,
                _ => _operation.CancelAsync(),
                failure => failure is BatchApiException { IsRouteUnsupported: true } ? null : "cancelled again");
        }
        catch (BatchApiException exception) when (exception.IsRouteUnsupported)
        {
            // A gateway without a cancel lets the batch run to its end.
        }
    }

    private async Task<Batch> WaitAsync(Exception? before)
    {
        if (before is not null)
            AttachAgain();
        WaitOptions options = new() { MaxPollInterval = _misfortune.PollsEvery, Timeout = before is null ? _misfortune.WaitsFor : null };
        _scene.Seen = await _operation.WaitAsync(options, _reports);
        return _scene.Seen;
    }

    private async Task<int> ReadAsync(Exception? before)
    {
        if (before is not null)
            AttachAgain();
        if (before is InvalidOperationException)
            End = await _operation.WaitAsync();
        _outcomes.Clear();
        _unmatched.Clear();
        OutcomeOptions options = new() { InItemOrder = true, Unmatched = _unmatched.Add };
        await foreach (BatchOutcome<string, string?> outcome in _operation.ReadOutcomesAsync(Answers.Ids, id => id, line => line.ChatText, options))
            _outcomes.Add(outcome);
        return _outcomes.Count;
    }

    /// <summary>As another process does it: by nothing but the saved text.</summary>
    private void AttachAgain() => _operation = _scene.Gateway.Attach(BatchReference.FromJson(_operation.Reference.ToJson()));

    private async Task<T> StepAsync<T>(string call, Func<Exception?, Task<T>> attempt, Func<Exception, string?> howToGoOn)
    {
        _scene.Enter(call);
        Exception? before = null;
        string? goesOn = null;
        while (true)
        {
            int first = _scene.Emulator.Ledger.Requests.Count;
            long start = _scene.Emulator.Clock.GetTimestamp();
            try
            {
                T result = await _scene.RunAsync(() => attempt(before));
                Add(failure: null);
                return result;
            }
            catch (Exception failure) when (failure is BatchClientException or InvalidOperationException && _steps.Count < MostTries)
            {
                Add(failure);
                _scene.End();
                (before, goesOn) = (failure, howToGoOn(failure));
                if (goesOn is null)
                    throw;
            }

            void Add(Exception? failure) => _steps.Add(new LifeStep(
                call, [.. _scene.Emulator.Ledger.Requests.Skip(first)], _scene.Emulator.Clock.GetElapsedTime(start), failure, goesOn));
        }
    }

    /// <summary>Remembers whether a report told of a failure or gave a notice.</summary>
    private sealed class ReportLog : IProgress<BatchProgress>
    {
        public bool HasTold { get; private set; }

        public void Report(BatchProgress value) => HasTold |= value.Failure is not null || value.Notice is not null;
    }
}
