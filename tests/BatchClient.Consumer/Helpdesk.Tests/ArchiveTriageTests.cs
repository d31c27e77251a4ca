using BatchGateway.Emulator;

namespace Helpdesk.Tests;

/// <summary>More tickets than one batch takes.</summary>
public sealed class ArchiveTriageTests
{
    private static readonly IReadOnlyList<Ticket> Tickets =
        [.. Enumerable.Range(1, 25).Select(number => new Ticket($"old-{number}", $"Question {number}", "Is anybody there?"))];

    [Test]
    public async Task TriageAsync_MoreThanABatchTakes_HasAVerdictForEach()
    {
        await using TestDesk desk = await TestDesk.OpenAsync();

        IReadOnlyDictionary<string, Verdict> verdicts = await desk.Archive.TriageAsync("archive", Tickets);

        Assert.That(verdicts.Keys, Is.EquivalentTo(Tickets.Select(ticket => ticket.Id)));
        AssertPaidOnce(desk);
    }

    [Test]
    public async Task TriageAsync_ProcessStopsHalfWay_TheNextOneGoesOn()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(new EmulatorOptions { Script = new() { RunningFor = TimeSpan.FromHours(20) } });
        using CancellationTokenSource shutdown = new(TimeSpan.FromHours(2), desk.Gateway.Clock);

        await Assert.CatchAsync<OperationCanceledException>(() => desk.Archive.TriageAsync("archive", Tickets, shutdown.Token));
        Assert.That(desk.Elapsed, Is.LessThan(TimeSpan.FromHours(20)));
        await desk.RestartAsync();
        IReadOnlyDictionary<string, Verdict> verdicts = await desk.Archive.TriageAsync("archive", Tickets);

        Assert.That(verdicts.Keys, Is.EquivalentTo(Tickets.Select(ticket => ticket.Id)));
        Assert.That(desk.Elapsed, Is.GreaterThan(TimeSpan.FromHours(20)));
        AssertPaidOnce(desk);
    }

    private static void AssertPaidOnce(TestDesk desk)
    {
        Assert.That(desk.Gateway.Ledger.BatchesCreated, Has.Count.EqualTo(3));
        Assert.That(desk.Gateway.Ledger.LinesBilled, Is.EquivalentTo(Tickets.ToDictionary(ticket => ticket.Id, _ => 1)));
    }
}
