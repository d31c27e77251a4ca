using BatchGateway.Runs.Chaos.Killing;

namespace BatchGateway.Runs.Chaos;

/// <summary>What was seen in a round, by how processes ended.</summary>
internal sealed class RoundReport(RoundSettings settings)
{
    private readonly SortedDictionary<KillPoint, ReportRow> _points = [];
    private readonly ReportRow _atRandom = new("at random");

    public RoundSettings Settings { get; } = settings;

    /// <summary>The processes that were not killed.</summary>
    public ReportRow ToTheEnd { get; } = new("to the end");

    /// <summary>What ended the round itself.</summary>
    public ReportRow BrokenOff { get; } = new("broken off");

    /// <summary>In the order of a shard's life.</summary>
    public IReadOnlyList<ReportRow> Rows => [.. _points.Values, .. new[] { _atRandom, ToTheEnd, BrokenOff }.Where(row => !row.IsEmpty)];

    public int Runs { get; set; }

    /// <summary>How many shards a person settled with a batch that she found in the ledger.</summary>
    public int Attached { get; set; }

    /// <summary>How many shards a person gave up, because the ledger had no batch of theirs.</summary>
    public int Abandoned { get; set; }

    /// <summary>How many lines were set aside, for which a batch was refused.</summary>
    public int SetAside { get; set; }

    /// <summary>How many lines have ended as cancelled.</summary>
    public int Cancelled { get; set; }

    /// <summary>What those shards said of themselves.</summary>
    public List<string> Problems { get; } = [];

    public int Kills => Rows.Sum(row => row.Kills);

    /// <summary>Where somebody has died.</summary>
    public IEnumerable<KillPoint> KilledAt => _points.Where(row => row.Value.Kills > 0).Select(row => row.Key);

    public IReadOnlyList<string> Violations => [.. Rows.SelectMany(row => row.Violations)];

    public ReportRow RowOf(Life life)
    {
        if (!life.WasKilled)
            return ToTheEnd;
        return life.KilledAt is { } point ? RowAt(point) : _atRandom;
    }

    public ReportRow RowAt(KillPoint point)
    {
        if (!_points.TryGetValue(point, out ReportRow? row))
            _points[point] = row = new ReportRow(point.ToString());
        return row;
    }
}
