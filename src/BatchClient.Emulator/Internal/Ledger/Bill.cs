namespace BatchGateway.Emulator.Internal;

/// <summary>How often each line was run and charged for, by custom id.</summary>
internal sealed class Bill
{
    private readonly Dictionary<string, (int Runs, int Charges)> _times = [];

    /// <summary>Counts a run of a line; the number of its runs, this one included.</summary>
    public int CountRun(string customId) => Add(customId, runs: 1, charges: 0).Runs;

    public void Charge(string customId) => Add(customId, runs: 0, charges: 1);

    public Dictionary<string, int> Snapshot()
    {
        lock (_times)
            return _times.Where(line => line.Value.Charges > 0).ToDictionary(line => line.Key, line => line.Value.Charges);
    }

    private (int Runs, int Charges) Add(string customId, int runs, int charges)
    {
        lock (_times)
        {
            (int Runs, int Charges) times = _times.GetValueOrDefault(customId);
            return _times[customId] = (times.Runs + runs, times.Charges + charges);
        }
    }
}
