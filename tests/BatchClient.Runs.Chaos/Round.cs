using BatchGateway.Runs.Chaos.Judging;
using BatchGateway.Runs.Chaos.Killing;
using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Chaos;

/// <summary>Runs that are killed and started again until they are done, and what the ledger says of them.</summary>
internal sealed class Round(RoundSettings settings)
{
    private const double FastFactor = 120;

    private static readonly HttpClient Http = new();

    private readonly KillPlan _plan = new(settings.Seed, settings.Points, settings.Kills - settings.DeletionPoints.Count)
    {
        InOrder = settings.InOrder,
    };

    private readonly KillPlan _deletions = new(settings.Seed, settings.DeletionPoints, settings.DeletionPoints.Count) { InOrder = true };
    private readonly Pace _pace = Pace.FromNow(settings.Factor);
    private readonly RoundReport _report = new(settings);
    private IReadOnlyList<ResultLine> _undisturbed = [];

    public async Task<RoundReport> RunAsync()
    {
        try
        {
            if (settings.IsPredictable)
                _undisturbed = await UndisturbedAsync();
            for (int run = 0; run < settings.MostRuns && !IsShown(run); run++)
                await StormyRunAsync(settings.Seed + (100 * run));
            foreach (KillPoint point in settings.EndsWithViolation ? [] : _plan.Open.Concat(_deletions.Open))
                _report.RowAt(point).Violations.Add($"{point} was never reached");
        }
        catch (ChaosException exception)
        {
            _report.BrokenOff.Violations.Add(exception.Message);
        }

        return _report;
    }

    private bool IsShown(int runs) =>
        (_plan.IsDone && _deletions.IsDone && runs >= settings.LeastRuns) || (settings.EndsWithViolation && _report.Violations.Count > 0);

    private async Task<IReadOnlyList<ResultLine>> UndisturbedAsync()
    {
        using TempFolder folder = new();
        Pace calm = Pace.FromNow(FastFactor);
        GatewaySettings weather = Gateway(settings.Seed) with { Pace = calm, IsStormy = false, ListDelay = default };
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(weather);
        WorkerSettings worker = Worker(gateway, folder) with { Pace = calm, Sabotage = default };
        Life life = await Life.LiveAsync(worker, Death.None);
        return life.IsDone ? ResultLine.ReadFile(worker.Results) : throw new ChaosException("the undisturbed run did not come to its end");
    }

    private async Task StormyRunAsync(int stormSeed)
    {
        using TempFolder folder = new();
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(Gateway(stormSeed));
        WorkerSettings worker = Worker(gateway, folder);
        Settlements settlements = new();
        _report.Runs++;
        Ledger before = Ledger.Empty;
        for (int lives = 0; ; lives++)
        {
            WorkerSettings one = worker with
            {
                Resumes = _plan.NextResumes(),
                Cancels = settings.Scenario == Scenario.Cancelled && lives > 0,
                Findings = settlements.Found,
            };
            Life life = await Life.LiveAsync(one, lives == 0 && settings.Beginning is { } point ? new Death([point], null) : _plan.Next());
            if (life.WasKilled)
                _plan.Died(life.KilledAt);

            Ledger now = await Ledger.ReadAsync(Http, gateway.Url);
            ReportRow row = _report.RowOf(life);
            row.Add(life, before, now);
            row.Violations.AddRange(settlements.Take(life.Open, now));
            before = now;
            if (settings.EndsWithViolation && _report.Violations.Count > 0)
                return;
            if (life.IsDone)
                break;
        }

        _report.Problems.AddRange(settlements.Problems);
        _report.Attached += settlements.Attached;
        _report.Abandoned += settlements.Abandoned;
        IReadOnlyList<ResultLine> results = ResultLine.ReadFile(worker.Results);
        _report.ToTheEnd.Violations.AddRange(settings.IsPredictable
            ? Judge.Outcomes(before, results, _undisturbed, settlements.AbandonedLines)
            : Judge.Chance(before, results, [.. WorkerMode.Ids(settings.Lines)]));
        _report.SetAside += results.Count(line => line.Error.Contains(Weather.BadLine, StringComparison.Ordinal));
        _report.Cancelled += results.Count(line => line.Outcome == Judge.Cancelled);
        if (settings.DeletionPoints.Count > 0)
            await DeleteAsync(worker, before);
    }

    /// <summary>Deletes a run that has ended, through deaths of its own. Nothing is left of it then, whatever was cut off.</summary>
    private async Task DeleteAsync(WorkerSettings worker, Ledger ledger)
    {
        Life life;
        do
        {
            life = await Life.LiveAsync(worker with { Deletes = true }, _deletions.Next());
            if (life.WasKilled)
                _deletions.Died(life.KilledAt);
            _report.RowOf(life).Add(life, ledger, ledger);
        }
        while (!life.IsDone);
        _report.ToTheEnd.Violations.AddRange(Judge.Deletion(worker.Folder));
    }

    // The fate of lines is the same in every run of a round, the storm another one.
    private GatewaySettings Gateway(int stormSeed) => new()
    {
        Pace = _pace,
        Personality = settings.Personality,
        Seed = settings.Seed,
        StormSeed = stormSeed,
        Scenario = settings.Scenario,
        IsStormy = settings.IsStormy,
        ListDelay = settings.ListDelay,
    };

    private WorkerSettings Worker(GatewayProcess gateway, TempFolder folder) => new()
    {
        Pace = _pace,
        Gateway = gateway.Url,
        Folder = Path.Combine(folder.Path, "runs"),
        Results = Path.Combine(folder.Path, "results.jsonl"),
        Lines = settings.Lines,
        Sabotage = settings.Sabotage,
        Scenario = settings.Scenario,
    };
}
