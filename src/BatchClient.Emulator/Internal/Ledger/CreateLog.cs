namespace BatchGateway.Emulator.Internal;

internal sealed class CreateLog
{
    private readonly List<CreateEntry> _entries = [];

    public void Add(CreateEntry entry)
    {
        lock (_entries)
            _entries.Add(entry);
    }

    public CreateEntry[] Snapshot()
    {
        lock (_entries)
            return [.. _entries];
    }

    public string[] Ids(Func<CreateEntry, bool> wanted)
    {
        lock (_entries)
            return [.. _entries.Where(wanted).Select(entry => entry.BatchId)];
    }
}
