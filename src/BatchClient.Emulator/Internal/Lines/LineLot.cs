namespace BatchGateway.Emulator.Internal;

/// <summary>Draws lots that are the same in every run, and spread evenly whatever the custom ids look like.</summary>
internal static class LineLot
{
    /// <summary>A number from 0 to below 1 for one attempt of a line at one rule.</summary>
    public static double Draw(int seed, int rule, EmulatedRequest request)
    {
        ulong hash = Mix(StableHash.Of(request.CustomId));
        hash = Mix(hash + (uint)seed);
        hash = Mix(hash + (uint)rule);
        hash = Mix(hash + (uint)request.Attempt);
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    // The finish of SplitMix64: neighbours become strangers.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
