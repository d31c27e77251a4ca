using BatchGateway.Emulator;
using BatchGateway.Runs.Chaos;
using BatchGateway.Runs.Chaos.Killing;
using BatchGateway.Runs.Chaos.Modes;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;

namespace BatchGateway.Runs.Tests.Chaos;

[Parallelizable(ParallelScope.All)]
public class LifeTests
{
    private const int KilledBySignal9 = 128 + 9;

    [Test]
    public async Task LiveAsync_PointIsReached_EndsThereByItself()
    {
        Victim.RequireOwnProgram();
        using TestFolder folder = new();
        KillPoint point = new(RunStep.Seal, IsDone: false);

        Life life = await Life.LiveAsync(Worker(folder), new Death([point, new(RunStep.Seal, IsDone: true)], null));

        Assert.That((life.WasKilled, life.KilledAt, life.IsDone), Is.EqualTo((true, point, false)));
    }

    [Test]
    public async Task LiveAsync_RandomMoment_IsKilledFromOutside()
    {
        Victim.RequireOwnProgram();
        using TestFolder folder = new();

        // There is no gateway: it would go on for ever.
        Life life = await Life.LiveAsync(Worker(folder), new Death([], TimeSpan.FromMilliseconds(1)));

        Assert.That((life.WasKilled, life.KilledAt, life.IsDone), Is.EqualTo((true, default(KillPoint?), false)));
    }

    [Test]
    public async Task LiveAsync_WorkerThatCannotBegin_IsAViolation()
    {
        Victim.RequireOwnProgram();
        using TestFolder folder = new();
        string file = folder["file"];
        File.WriteAllText(file, "no folder");

        await Assert.ThatAsync(() => Life.LiveAsync(Worker(folder) with { Folder = file }, Death.None), Throws.InstanceOf<ChaosException>());
    }

    [Test]
    public async Task Kill_OfAGateway_IsSignal9()
    {
        Victim.RequireOwnProgram();
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no signals.");
        GatewaySettings settings = new() { Pace = Pace.FromNow(120), Personality = EmulatorPersonality.OpenAI };
        await using Child gateway = Child.Start(ChaosProgram.Gateway, settings);
        Assert.That(await gateway.ReadLineAsync(TimeSpan.FromMinutes(1)), Does.StartWith("http://127.0.0.1:"));

        gateway.Kill();

        Assert.That(await gateway.WaitAsync(TimeSpan.FromMinutes(1)), Is.EqualTo(KilledBySignal9));
    }

    private static WorkerSettings Worker(TestFolder folder) => new()
    {
        Pace = Pace.FromNow(120),
        Gateway = new Uri("http://127.0.0.1:9/"),
        Folder = folder["runs"],
        Results = folder["results.jsonl"],
    };
}
