namespace BatchGateway.Runs.Internal;

/// <summary>A run with all that belongs to it. Its owner's lock guards it.</summary>
internal sealed class MemoryRun(RunRow row)
{
    private readonly HashSet<(int Shard, string Command)> _commands = [];
    private readonly Dictionary<long, LineOutcome> _outcomes = [];
    private readonly Dictionary<BatchOutcomeKind, long> _lines = [];
    private long _duplicates;
    private long _inputTokens;
    private long _outputTokens;

    public RunRow Row { get; set; } = row;

    /// <summary>By number, from 1.</summary>
    public List<ShardRow> Shards { get; } = [];

    public List<ShardEvent> Events { get; } = [];

    public RunCounts Counts => new()
    {
        Lines = _lines.Where(count => count.Value > 0).ToDictionary(),
        Duplicates = _duplicates,
        InputTokens = _inputTokens,
        OutputTokens = _outputTokens,
    };

    public ShardRow? Find(int number) => number >= 1 && number <= Shards.Count ? Shards[number - 1] : null;

    public void Update(ShardRow shard) => Shards[shard.Number - 1] = shard;

    public void Plan(NewShard shard, int? parent, long? firstLine) => Shards.Add(Rules.Planned(Row.Id, Shards.Count + 1, shard, parent, firstLine));

    public bool HasApplied(int shard, string command) => _commands.Contains((shard, command));

    public void Add(ShardEvent applied)
    {
        _commands.Add((applied.Shard, applied.Command));
        Events.Add(applied);
    }

    public LineOutcome? OutcomeOf(long line) => _outcomes.TryGetValue(line, out LineOutcome outcome) ? outcome : null;

    public void Add(in LineOutcome outcome)
    {
        _inputTokens += outcome.InputTokens;
        _outputTokens += outcome.OutputTokens;
        if (OutcomeOf(outcome.Line) is not { } held)
            Set(outcome);
        else if (outcome.Replaces(held))
            Replace(outcome, held);
        else if (outcome.Duplicates(held))
            _duplicates++;
    }

    private void Replace(in LineOutcome outcome, in LineOutcome held)
    {
        _lines[held.Kind]--;
        Set(outcome);
    }

    private void Set(in LineOutcome outcome)
    {
        _outcomes[outcome.Line] = outcome;
        _lines[outcome.Kind] = _lines.GetValueOrDefault(outcome.Kind) + 1;
    }
}
