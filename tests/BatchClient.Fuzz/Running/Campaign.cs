using System.Collections.Concurrent;
using System.Diagnostics;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Fuzz.Targets;

namespace BatchGateway.Fuzz.Running;

/// <summary>Many cases on all cores. A case's input depends on the seed, the target and its number, and on nothing else.</summary>
internal sealed class Campaign
{
    /// <summary>A case that takes so long does not end: nothing here waits on a real clock.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(90);

    private readonly FuzzSettings _settings;
    private readonly TextWriter _output;
    private readonly ConcurrentQueue<Chunk> _chunks = [];
    private readonly ConcurrentDictionary<(string Target, string Rule), Finding> _findings = [];
    private readonly ConcurrentDictionary<string, Tally> _tallies = [];
    private readonly (string Target, long Number, long Since)[] _running;

    public Campaign(FuzzSettings settings, TextWriter output)
    {
        _settings = settings;
        _output = output;
        _running = new (string, long, long)[settings.Workers];
    }

    /// <returns>Whether no rule was broken.</returns>
    public async Task<bool> RunAsync()
    {
        List<(string Name, int Share)> targets = [.. TargetList.Make(_settings.Only).Select(target =>
        {
            using (target)
                return (target.Name, target.Share);
        })];
        foreach (Chunk chunk in Chunk.Divide(_settings.Cases, targets))
            _chunks.Enqueue(chunk);
        if (_chunks.IsEmpty)
            return true;

        long start = Stopwatch.GetTimestamp();
        Task work = Task.WhenAll(Enumerable.Range(0, _settings.Workers).Select(worker => Task.Run(() => WorkAsync(worker))));
        bool ended = await WatchAsync(work).ConfigureAwait(false);
        Table.Print(_output, targets.Select(target => (target.Name, _tallies.GetValueOrDefault(target.Name) ?? new Tally())).ToList());
        _output.WriteLine($"seed {_settings.Seed}, {_settings.Workers} workers, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {_findings.Count} rules broken");
        return ended && _findings.IsEmpty;
    }

    private async Task WorkAsync(int worker)
    {
        Dictionary<string, Target> targets = TargetList.Make(_settings.Only).ToDictionary(target => target.Name);
        Dictionary<string, Tally> tallies = targets.Keys.ToDictionary(name => name, _ => new Tally());
        try
        {
            while (_chunks.TryDequeue(out Chunk chunk))
            {
                for (long number = chunk.First; number < chunk.End; number++)
                    tallies[chunk.Target].Add(number, await RunAsync(worker, targets[chunk.Target], number).ConfigureAwait(false));
            }
        }
        finally
        {
            foreach ((string name, Target target) in targets)
            {
                lock (_tallies)
                    _tallies.GetOrAdd(name, _ => new Tally()).Add(tallies[name]);
                target.Dispose();
            }
        }
    }

    private async Task<CaseResult> RunAsync(int worker, Target target, long number)
    {
        byte[] input = target.Make(Dice.Of(_settings.Seed, target.Name, number));
        _running[worker] = (target.Name, number, Stopwatch.GetTimestamp());
        CaseResult result = await Case.RunAsync(target, input).ConfigureAwait(false);
        if (result.Violation is { } violation && _findings.TryAdd((target.Name, violation.Rule), new Finding(target.Name, violation, input)))
            await ReportAsync(target, input, violation, number).ConfigureAwait(false);
        return result;
    }

    private async Task ReportAsync(Target target, byte[] input, Violation violation, long number)
    {
        byte[] smallest = await Shrinker.ShrinkAsync(target, input, violation.Rule).ConfigureAwait(false);
        Finding finding = new(target.Name, violation, smallest);
        string path = finding.Save(_settings.Out);
        lock (_output)
            finding.Print(_output, Command(target.Name, number), path);
    }

    /// <summary>Waits for the work, but not for a case that never ends.</summary>
    private async Task<bool> WatchAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1))).ConfigureAwait(false);
            foreach ((string target, long number, long since) in _running)
            {
                if (work.IsCompleted || target is null || Stopwatch.GetElapsedTime(since) < Hang)
                    continue;

                lock (_output)
                    _output.WriteLine($"VIOLATION ({target}): a case did not end within {Hang.TotalSeconds} s\n  again:     {Command(target, number)}");
                return false;
            }
        }

        await work.ConfigureAwait(false);
        return true;
    }

    private string Command(string target, long number) =>
        $"dotnet run -c Release -f net10.0 --project tests/BatchClient.Fuzz -- --only {target} --seed {_settings.Seed} --replay {number}";
}
