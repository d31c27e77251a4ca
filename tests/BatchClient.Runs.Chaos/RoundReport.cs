namespace BatchGateway.Runs.Chaos;

/// <summary>What was seen in a round, by how processes ended.</summary>
internal sealed class RoundReport(RoundSettings settings)
{
    private readonly Dictionary<string, ReportRow> _rows = [];

    public RoundSettings Settings { get; } = settings;

    public IReadOnlyCollection<ReportRow> Rows => _rows.Values;

    public int Runs { get; set; }

    /// <summary>How many shards a person settled.</summary>
    public int Settled { get; set; }

    public int Kills => Rows.Sum(row => row.Kills);

    public IEnumerable<string> Violations => Rows.SelectMany(row => row.Violations);

    public ReportRow Row(string name)
    {
        if (!_rows.TryGetValue(name, out ReportRow? row))
            _rows[name] = row = new ReportRow(name);
        return row;
    }
}
