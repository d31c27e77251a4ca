namespace BatchGateway.Emulator.Internal;

internal sealed class Bill
{
    private readonly Dictionary<string, int> _times = [];

    public void Charge(string customId)
    {
        lock (_times)
            _times[customId] = _times.GetValueOrDefault(customId) + 1;
    }

    public Dictionary<string, int> Snapshot()
    {
        lock (_times)
            return new Dictionary<string, int>(_times);
    }
}
