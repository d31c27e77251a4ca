namespace BatchGateway.Runs.Internal;

/// <summary>Writes the outcomes of one transition and keeps the run's counts right.</summary>
internal sealed class SqliteOutcomes(SqliteSession session, ShardRow shard, long lines)
{
    private readonly Dictionary<BatchOutcomeKind, long> _lines = [];
    private long _duplicates;
    private long _inputTokens;
    private long _outputTokens;

    public void Write(IEnumerable<LineOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (LineOutcome outcome in outcomes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(Rules.Placed(outcome, shard, lines));
        }

        foreach ((BatchOutcomeKind kind, long count) in _lines)
            session.Execute(Sql.AddToTally, shard.Run, (int)kind, count);
        session.Execute(Sql.AddToTotals, _duplicates, _inputTokens, _outputTokens, shard.Run);
    }

    private void Write(in LineOutcome outcome)
    {
        _inputTokens += outcome.InputTokens;
        _outputTokens += outcome.OutputTokens;
        if (session.ForLines(Sql.InsertOutcome).Run(shard.Run, outcome))
            Count(outcome.Kind, 1);
        else
            Merge(outcome, Held(outcome.Line));
    }

    private void Merge(in LineOutcome outcome, in LineOutcome held)
    {
        if (outcome.Duplicates(held))
            _duplicates++;
        if (!outcome.Replaces(held))
            return;

        session.ForLines(Sql.ReplaceOutcome).Run(shard.Run, outcome);
        Count(held.Kind, -1);
        Count(outcome.Kind, 1);
    }

    private LineOutcome Held(long line) => session.All(Sql.Outcome, SqliteRows.Outcome, shard.Run, line)[0];

    private void Count(BatchOutcomeKind kind, long change) => _lines[kind] = _lines.GetValueOrDefault(kind) + change;
}
