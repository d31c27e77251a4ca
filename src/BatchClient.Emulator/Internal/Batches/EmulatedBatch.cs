namespace BatchGateway.Emulator.Internal;

/// <summary>One batch. What is due by the clock is done when somebody looks; its lock is held meanwhile.</summary>
internal sealed class EmulatedBatch
{
    private readonly object _gate = new();
    private readonly FileStore _files;
    private readonly EmulatedFile _input;
    private readonly CreateBatchCommand _command;
    private readonly InputRules _rules;
    private readonly BatchRun _run;
    private readonly ResultFile _output;
    private readonly ResultFile _errors;

    private BatchTimeline _timeline;
    private InputReport? _report;
    private EmulatedFile? _outputFile;
    private EmulatedFile? _errorFile;
    private bool _isOver;

    public EmulatedBatch(
        EmulatedFile input,
        CreateBatchCommand command,
        BatchTimeline timeline,
        InputRules rules,
        FileStore files,
        Bill bill)
    {
        _input = input;
        _command = command;
        _timeline = timeline;
        _rules = rules;
        _files = files;
        _output = new ResultFile(files.NewPath(), Script.ShuffleWindow, Script.Seed);
        _errors = new ResultFile(files.NewPath(), Script.ShuffleWindow, Script.Seed);
        _run = new BatchRun(input.Path, Script, bill, _output, _errors);
        CreatedAt = timeline.CreatedAt;
        files.Use(input);
    }

    public string Id { get; } = $"batch_{Guid.NewGuid():N}";

    public string? Provider => _input.Provider;

    private EmulatorScript Script => _timeline.Script;

    public DateTimeOffset CreatedAt { get; }

    public BatchSnapshot At(DateTimeOffset now)
    {
        lock (_gate)
        {
            Settle(now);
            BatchState state = StateAt(now);
            bool namesFiles = _isOver && now >= _timeline.EndedAt(state) + Script.FileIdsAfter;
            return new BatchSnapshot(
                Id,
                _command,
                state,
                Script.StatusToldAt(now - CreatedAt),
                _timeline,
                _report,
                _run.Completed,
                _run.Failed,
                namesFiles ? _outputFile?.Id : null,
                namesFiles ? _errorFile?.Id : null,
                Script.ReportsUsage ? _run.Usage : TokenUsage.None);
        }
    }

    /// <summary>Cancels the batch; false when it is too late. A batch that is being cancelled stays as it is.</summary>
    public bool TryCancel(DateTimeOffset now)
    {
        lock (_gate)
        {
            Settle(now);
            BatchState state = StateAt(now);
            if (state is BatchState.Validating or BatchState.InProgress)
                _timeline = _timeline with { CancellingAt = now };
            return state is BatchState.Validating or BatchState.InProgress or BatchState.Cancelling;
        }
    }

    private BatchState StateAt(DateTimeOffset now) => _timeline.StateAt(now, _report is not { IsValid: false });

    private void Settle(DateTimeOffset now)
    {
        if (_isOver)
            return;
        if (now >= _timeline.ValidatedAt || StateAt(now).IsEnd())
            _report ??= Validate();
        if (_report is { IsValid: true })
            _run.RunTo(_timeline.LinesDoneAt(now, _report.Lines));
        if (StateAt(now).IsEnd())
            End(StateAt(now));
    }

    private InputReport Validate() => Script.ValidationErrors is { Count: > 0 } errors
        ? new InputReport(Lines: 0, Model: null, errors)
        : InputValidator.Validate(_input.Path, _command.Endpoint, _rules);

    private void End(BatchState state)
    {
        _isOver = true;
        if (_report is { IsValid: true })
            Publish(state, _report.Lines);
        _files.Release(_input);
    }

    private void Publish(BatchState state, int lines)
    {
        _run.Finish(lines, state == BatchState.Cancelled ? EmulatedResponse.Cancelled : EmulatedResponse.Expired);

        DateTimeOffset endedAt = _timeline.EndedAt(state);
        _outputFile = Publish(_output, $"{Id}_output.jsonl", endedAt);
        _errorFile = Publish(_errors, $"{Id}_error.jsonl", endedAt);
    }

    private EmulatedFile? Publish(ResultFile results, string filename, DateTimeOffset createdAt) =>
        results.IsEmpty ? null : _files.Add(results.Path, Provider, filename, FilePurposes.BatchOutput, createdAt, _command.OutputLifetime);
}
