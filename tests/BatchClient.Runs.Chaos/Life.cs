using BatchGateway.Runs.Chaos.Killing;
using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Chaos;

/// <summary>The life of one worker's process, from its start to its death or its end.</summary>
/// <param name="WasKilled">Whether it died as it was to.</param>
/// <param name="IsDone">Whether the run is done, and its results are written.</param>
/// <param name="Open">The shards that it left for a person.</param>
internal sealed record Life(bool WasKilled, bool IsDone, IReadOnlyList<OpenShard> Open)
{
    /// <summary>How long a process may say nothing: longer than the hour that the proof of a lost create may take, at any pace.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <exception cref="ChaosException">It ended in a way that nobody had planned.</exception>
    public static async Task<Life> LiveAsync(WorkerSettings settings, Death death)
    {
        await using Child child = Child.Start(ChaosProgram.Worker, settings with { KillAt = death.Point });
        try
        {
            if (await child.ReadLineAsync(Silence) != WorkerWords.Ready)
                throw new ChaosException($"a worker could not begin: {child.Complaints}");

            Task<Life> life = ListenAsync(child);
            if (death.After is { } after && await Task.WhenAny(life, Task.Delay(after)) != life)
                child.Kill();
            Life end = await life;
            int code = await child.WaitAsync(Silence);
            bool wasKilled = end.WasKilled || (death.After is not null && code != 0 && !end.IsDone);
            return wasKilled || code == 0 ? end with { WasKilled = wasKilled } : throw new ChaosException($"a worker ended with {code}: {child.Complaints}");
        }
        catch (TimeoutException)
        {
            throw new ChaosException($"a worker said nothing for {Silence.TotalMinutes} minutes");
        }
    }

    private static async Task<Life> ListenAsync(Child child)
    {
        Life life = new(WasKilled: false, IsDone: false, []);
        while (await child.ReadLineAsync(Silence) is { } line)
        {
            if (line.StartsWith(WorkerWords.Reached, StringComparison.Ordinal))
                life = life with { WasKilled = true };
            else if (line.StartsWith(WorkerWords.Open, StringComparison.Ordinal))
                life = life with { Open = [.. life.Open, Words.Read<OpenShard>(line[WorkerWords.Open.Length..])] };
            else if (line == WorkerWords.Done)
                life = life with { IsDone = true };
        }

        return life;
    }
}
