namespace BatchGateway.Fuzz.Inputs;

/// <summary>Numbers that are the same for the same seed on every machine and every framework (SplitMix64).</summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(ulong seed) => _state = seed;

    /// <summary>The dice of one case: no case depends on the ones before it, so that each can be thrown again alone.</summary>
    public static Dice Of(long seed, string target, long number)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in target)
            hash = (hash ^ letter) * 1099511628211;
        Dice mixed = new(hash ^ ((ulong)seed * 0xD1342543DE82EF95));
        return new Dice(mixed.Next() + ((ulong)number * 0xA0761D6478BD642F));
    }

    public ulong Next()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 up to, and without, the end; 0 when there is nothing to choose from.</summary>
    public int Below(int end) => end <= 1 ? 0 : (int)(Next() % (ulong)end);

    public bool OneIn(int chances) => Below(chances) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public byte Byte() => (byte)Next();
}
