using BatchGateway;
using BatchGateway.Emulator;

namespace Helpdesk.Tests;

/// <summary>Whatever happens to the answer, to the process or to the gateway: no ticket is paid for twice.</summary>
public sealed class PaidOnceTests
{
    private static readonly EmulatorOptions Slow = new() { Script = new() { RunningFor = TimeSpan.FromHours(20) } };

    [Test]
    public async Task TriageAsync_AnswerToTheCreateIsLost_GoesOnWithThatBatch()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(OpenAI(listDelay: TimeSpan.Zero));
        desk.Gateway.OnCreateBatch.LoseAnswer();

        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(report.Triaged, Has.Count.EqualTo(4));
        AssertPaidOnce(desk);
    }

    [Test]
    public async Task TriageAsync_AnswerIsLostAndTheGatewayHasNoList_NeverSubmitsAgain()
    {
        await using TestDesk desk = await TestDesk.OpenAsync();
        desk.Gateway.OnCreateBatch.LoseAnswer();

        await Assert.ThrowsAsync<AmbiguousCreateException>(() => desk.Triage.TriageAsync("monday", TestDesk.Tickets));
        await desk.RestartAsync();
        await Assert.ThrowsAsync<AmbiguousCreateException>(() => desk.Triage.TriageAsync("monday", TestDesk.Tickets));

        Assert.That(desk.Gateway.Ledger.Count(desk.Gateway.OnCreateBatch), Is.EqualTo(1));
    }

    [Test]
    public async Task TriageAsync_AnswerIsLostAndTheListIsLate_FindsTheBatchNextTime()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(OpenAI(listDelay: TimeSpan.FromHours(1)));
        desk.Gateway.OnCreateBatch.LoseAnswer();

        await Assert.ThrowsAsync<AmbiguousCreateException>(() => desk.Triage.TriageAsync("monday", TestDesk.Tickets));
        await desk.RestartAsync();
        desk.Gateway.Clock.Advance(TimeSpan.FromHours(1));
        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(report.Triaged, Has.Count.EqualTo(4));
        AssertPaidOnce(desk);
    }

    [Test]
    public async Task TriageAsync_ProcessStopsHalfWay_TheNextOneGoesOn()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(Slow);
        using CancellationTokenSource shutdown = new(TimeSpan.FromHours(2), desk.Gateway.Clock);

        await Assert.CatchAsync<OperationCanceledException>(() => desk.Triage.TriageAsync("monday", TestDesk.Tickets, shutdown.Token));
        Assert.That(desk.Elapsed, Is.LessThan(TimeSpan.FromHours(20)));
        await desk.RestartAsync();
        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(report.Triaged, Has.Count.EqualTo(4));
        Assert.That(desk.Elapsed, Is.GreaterThan(TimeSpan.FromHours(20)));
        Assert.That(desk.Gateway.Ledger.Count(desk.Gateway.OnUploadFile), Is.EqualTo(1));
        AssertPaidOnce(desk);
    }

    [Test]
    public async Task TriageAsync_DeadlinePasses_TheNextCallWaitsForTheSameBatch()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(Slow, deadline: TimeSpan.FromHours(12));

        BatchWaitTimeoutException? late = await Assert.ThrowsAsync<BatchWaitTimeoutException>(
            () => desk.Triage.TriageAsync("monday", TestDesk.Tickets));
        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(late?.Last?.Status, Is.EqualTo(BatchStatus.InProgress));
        Assert.That(report.Triaged, Has.Count.EqualTo(4));
        AssertPaidOnce(desk);
    }

    [Test]
    public async Task TriageAsync_SameNameAgain_ReadsTheSameForNothing()
    {
        await using TestDesk desk = await TestDesk.OpenAsync();
        TriageReport first = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        await desk.RestartAsync();
        TriageReport second = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(second.Triaged, Is.EquivalentTo(first.Triaged));
        AssertPaidOnce(desk);
    }

    [Test]
    public async Task TriageAsync_GatewayRefuses_MaySubmitAgain()
    {
        await using TestDesk desk = await TestDesk.OpenAsync();
        desk.Gateway.OnCreateBatch.Answer(403, """{"error":{"message":"This account has no batches."}}""");

        BatchApiException? refusal = await Assert.ThrowsAsync<BatchApiException>(() => desk.Triage.TriageAsync("monday", TestDesk.Tickets));
        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(refusal?.Message, Does.Contain("This account has no batches."));
        Assert.That(report.Triaged, Has.Count.EqualTo(4));
        AssertPaidOnce(desk);
    }

    [Test]
    public async Task TriageAsync_SameTicketTwice_IsRefusedBeforeAnythingIsPaid()
    {
        await using TestDesk desk = await TestDesk.OpenAsync();

        BatchInputException? refusal = await Assert.ThrowsAsync<BatchInputException>(
            () => desk.Triage.TriageAsync("monday", [.. TestDesk.Tickets, TestDesk.Tickets[0]]));

        Assert.That(refusal?.CustomId, Is.EqualTo("t-1"));
        Assert.That(desk.Gateway.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task TriageAsync_NoTickets_AsksNobody()
    {
        await using TestDesk desk = await TestDesk.OpenAsync();

        TriageReport report = await desk.Triage.TriageAsync("sunday", []);

        Assert.That(report.Triaged, Is.Empty);
        Assert.That(desk.Gateway.Ledger.Requests, Is.Empty);
    }

    private static EmulatorOptions OpenAI(TimeSpan listDelay) => new() { Personality = EmulatorPersonality.OpenAI, ListDelay = listDelay };

    private static void AssertPaidOnce(TestDesk desk)
    {
        Assert.That(desk.Gateway.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        Assert.That(desk.Gateway.Ledger.LinesBilled, Is.EquivalentTo(TestDesk.Tickets.ToDictionary(ticket => ticket.Id, _ => 1)));
    }
}
