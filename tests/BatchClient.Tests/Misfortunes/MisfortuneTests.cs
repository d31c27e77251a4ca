using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>
/// The client against everything that the emulator can do to it, over real sockets: no line is lost, nothing is created twice, nothing is
/// paid twice. The tables of the docs are written from here.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class MisfortuneTests
{
    private static IEnumerable<TestCaseData> Cases =>
        from table in MisfortuneTable.All
        from row in table.Rows
        from personality in row.On
        select new TestCaseData(row, personality).SetArgDisplayNames(table.Title, row.ToString(), personality.ToString());

    [TestCaseSource(nameof(Cases))]
    public async Task Life_UnderMisfortune_LosesNoLineAndCreatesNothingTwice(Misfortune misfortune, EmulatorPersonality personality)
    {
        Observed observed = await Lives.OfAsync(misfortune, personality);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(observed.Sees, Is.EqualTo(misfortune.SeesOn(personality)), observed.Did);
            Assert.That(observed.LinesLost, Is.Zero, "lines lost");
            Assert.That(observed.CreatedTwice, Is.Zero, "batches created twice");
            Assert.That(observed.PaidTwice, Is.Zero, "lines paid twice");
            Assert.That(observed.CameTooEarly, Is.False, "a Retry-After was undercut");
        }
    }

    [Test]
    public void Tables_EveryOddLine_StandsInThem([Values] OddLine oddity) =>
        Assert.That(MisfortuneTable.All.SelectMany(table => table.Rows), Has.Some.Property(nameof(Misfortune.Name)).EqualTo($"`{oddity}`"));

    [Test]
    public Task Page_Tables_AreTheOnesThatTheseTestsProve() => MisfortunePage.AssertDocumentedAsync();
}
