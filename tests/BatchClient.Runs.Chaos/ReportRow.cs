using BatchGateway.Runs.Chaos.Judging;

namespace BatchGateway.Runs.Chaos;

/// <summary>The lives that ended in one way, and what the ledger saw during them.</summary>
internal sealed class ReportRow(string name)
{
    public string Name { get; } = name;

    public int Kills { get; private set; }

    /// <summary>How often a process was started after another one had died so.</summary>
    public int Restarts { get; private set; }

    public int Batches { get; private set; }

    public int Intents { get; private set; }

    public int LinesBilled { get; private set; }

    public List<string> Violations { get; } = [];

    public bool IsEmpty => Kills + Restarts + Batches + LinesBilled + Violations.Count == 0;

    public void Add(Life life, Ledger before, Ledger now)
    {
        Kills += life.WasKilled ? 1 : 0;
        Restarts += life.IsDone ? 0 : 1;
        Batches += now.Batches.Count - before.Batches.Count;
        Intents += now.Intents - before.Intents;
        LinesBilled += now.Billed - before.Billed;
        Violations.AddRange(Judge.Money(now).Except(Judge.Money(before)));
    }
}
