using BatchGateway.Runs.Chaos.Killing;
using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Chaos;

/// <summary>The life of one worker's process, from its start to its death or its end.</summary>
internal sealed record Life
{
    /// <summary>How long a process may say nothing: longer than the hour that the proof of a lost create may take, at any pace.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <summary>Whether it died as it was to.</summary>
    public bool WasKilled { get; init; }

    /// <summary>Where; null for at a random moment, or not at all.</summary>
    public KillPoint? KilledAt { get; init; }

    /// <summary>Whether the run is done, and its results are written.</summary>
    public bool IsDone { get; init; }

    /// <summary>The shards that it left for a person.</summary>
    public IReadOnlyList<OpenShard> Open { get; init; } = [];

    /// <exception cref="ChaosException">It ended in a way that nobody had planned.</exception>
    public static async Task<Life> LiveAsync(WorkerSettings settings, Death death)
    {
        await using Child child = Child.Start(ChaosProgram.Worker, settings with { KillAt = death.Points });
        try
        {
            if (await child.ReadLineAsync(Silence) != WorkerWords.Ready)
                throw new ChaosException($"a worker could not begin: {child.Complaints}");

            Task<Life> listening = ListenAsync(child);
            if (death.After is { } after && await Task.WhenAny(listening, Task.Delay(after)) != listening)
                child.Kill();
            Life life = await listening;
            int code = await child.WaitAsync(Silence);
            // Who was quick enough to end before it was killed has not been.
            return code == 0 || life.KilledAt is not null || death.After is not null
                ? life with { WasKilled = code != 0 }
                : throw new ChaosException($"a worker ended with {code}: {child.Complaints}");
        }
        catch (TimeoutException)
        {
            throw new ChaosException($"a worker said nothing for {Silence.TotalMinutes} minutes: {child.Complaints}");
        }
    }

    private static async Task<Life> ListenAsync(Child child)
    {
        Life life = new();
        while (await child.ReadLineAsync(Silence) is { } line)
            life = life.After(line);
        return life;
    }

    private Life After(string line)
    {
        if (line == WorkerWords.Done)
            return this with { IsDone = true };
        if (Rest(line, WorkerWords.Reached) is { } point)
            return this with { KilledAt = Words.Read<KillPoint>(point) };
        return Rest(line, WorkerWords.Open) is { } shard ? this with { Open = [.. Open, Words.Read<OpenShard>(shard)] } : this;
    }

    private static string? Rest(string line, string word) => line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..] : null;
}
