namespace BatchGateway.Fuzz.Giants;

/// <summary>Something far too large, and what reading it may take: memory that is allocated in all, and seconds of a processor's time.</summary>
internal sealed record Giant(string Name, int MostMegabytes, int MostSeconds, Func<Task> RunAsync)
{
    /// <summary>What the whole process may have had in memory at its worst moment when this one is done.</summary>
    public const int MostResident = 512;
}
