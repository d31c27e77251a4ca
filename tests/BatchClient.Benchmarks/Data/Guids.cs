namespace BatchGateway.Benchmarks.Data;

/// <summary>Custom ids as most people make them. The same ones for the same seed.</summary>
internal static class Guids
{
    public static IEnumerable<string> Some(int seed, int count)
    {
        const int bytesOfOne = 16;
        Random random = new(seed);
        byte[] bytes = new byte[bytesOfOne];
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            yield return new Guid(bytes).ToString();
        }
    }
}
