using BatchGateway.Runs.Chaos.Killing;

namespace BatchGateway.Runs.Tests.Chaos;

public class KillPlanTests
{
    [Test]
    public void Next_UntilTheEnd_HasKilledAtEveryPointAndAsOftenAsAsked()
    {
        KillPlan plan = new(seed: 3, KillPoint.All, kills: 60);
        HashSet<KillPoint> died = [];
        int kills = 0;

        while (!plan.IsDone)
        {
            Death death = plan.Next();
            KillPoint? at = death.After is null ? death.Points[0] : null;
            if (at is { } point)
                died.Add(point);
            plan.Died(at);
            kills++;
        }

        Assert.That(died, Is.EquivalentTo(KillPoint.All));
        Assert.That(kills, Is.EqualTo(60));
        Assert.That(plan.Next(), Is.EqualTo(Death.None));
    }

    [Test]
    public void Next_NobodyDies_StaysOpen()
    {
        KillPlan plan = new(seed: 3, KillPoint.All, kills: 60);

        for (int life = 0; life < 100; life++)
            plan.Next();

        Assert.That(plan.Open, Is.EqualTo(KillPoint.All));
        Assert.That(plan.IsDone, Is.False);
    }

    [Test]
    public void Next_SameSeed_IsTheSame()
    {
        string[] deaths = Deaths(seed: 5);

        Assert.That(Deaths(seed: 5), Is.EqualTo(deaths));
        Assert.That(Deaths(seed: 6), Is.Not.EqualTo(deaths));
    }

    private static string[] Deaths(int seed)
    {
        KillPlan plan = new(seed, KillPoint.All, kills: 60);
        return [.. Enumerable.Range(0, 20).Select(_ => plan.Next()).Select(death => $"{string.Join(", ", death.Points)} {death.After}")];
    }
}
