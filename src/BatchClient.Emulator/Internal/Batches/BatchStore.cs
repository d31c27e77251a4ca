namespace BatchGateway.Emulator.Internal;

/// <summary>All batches of one emulator, in order of creation.</summary>
internal sealed class BatchStore(FileStore files, EmulatorClock clock, Bill bill, ScriptQueue scripts, Habits habits)
{
    private readonly List<EmulatedBatch> _batches = [];

    public EmulatedBatch Add(EmulatedFile input, CreateBatchCommand command)
    {
        BatchTimeline timeline = new(clock.GetUtcNow(), scripts.Take()) { Expires = habits.Expires };
        EmulatedBatch batch = new(input, command, timeline, habits.Input, files, bill);
        lock (_batches)
            _batches.Add(batch);
        return batch;
    }

    public EmulatedBatch? Find(string id, string? provider) => All().Find(batch => batch.Id == id && batch.Provider == provider);

    public List<EmulatedBatch> All()
    {
        lock (_batches)
            return [.. _batches];
    }

    public BatchSnapshot Look(EmulatedBatch batch)
    {
        using ClockHold hold = clock.Hold();
        return batch.At(clock.GetUtcNow());
    }

    /// <summary>Does everything that is due by now.</summary>
    public void Settle()
    {
        foreach (EmulatedBatch batch in All())
            Look(batch);
    }

    public bool TryCancel(EmulatedBatch batch)
    {
        using ClockHold hold = clock.Hold();
        return batch.TryCancel(clock.GetUtcNow());
    }
}
