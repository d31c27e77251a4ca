namespace BatchGateway.Emulator.Internal;

/// <summary>Which script the next batch lives by: those that were put in line, then the standing one.</summary>
internal sealed class ScriptQueue(EmulatorScript standing)
{
    private readonly Queue<EmulatorScript> _next = new();
    private EmulatorScript _standing = standing;

    public EmulatorScript Standing
    {
        get => Volatile.Read(ref _standing);
        set => Volatile.Write(ref _standing, value);
    }

    public void Enqueue(EmulatorScript script, int times)
    {
        lock (_next)
        {
            for (int i = 0; i < times; i++)
                _next.Enqueue(script);
        }
    }

    public EmulatorScript Take()
    {
        lock (_next)
            return _next.TryDequeue(out EmulatorScript? script) ? script : Standing;
    }
}
