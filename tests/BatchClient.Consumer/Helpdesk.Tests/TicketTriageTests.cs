using System.Collections.Concurrent;
using BatchGateway;
using BatchGateway.Emulator;

namespace Helpdesk.Tests;

public sealed class TicketTriageTests
{
    [Test]
    public async Task TriageAsync_EveryTicketAnswered_HasAVerdictForEach()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(Answering(_ => EmulatedResponse.Chat(
            """{"team":"Billing","isUrgent":true,"summary":"The customer paid twice."}""")));

        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(report.Untriaged, Is.Empty);
        Assert.That(report.Triaged.Select(triaged => triaged.Ticket), Is.EquivalentTo(TestDesk.Tickets));
        Assert.That(report.Triaged.Select(triaged => triaged.Verdict), Is.All.EqualTo(new Verdict(Team.Billing, true, "The customer paid twice.")));
    }

    [Test]
    public async Task TriageAsync_Question_NamesTheTicketAndTheShapeOfItsAnswer()
    {
        ConcurrentBag<string> questions = [];
        await using TestDesk desk = await TestDesk.OpenAsync(Answering(request =>
        {
            questions.Add(request.Body.GetRawText());
            return EmulatedResponse.Default(request);
        }));

        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets.Take(1).ToList());

        Assert.That(report.Triaged, Has.Count.EqualTo(1));
        Assert.That(questions.Single(), Does.Contain("My card was charged twice").And.Contains("json_schema"));
        Assert.That(questions.Single(), Does.Contain("The team that should answer."), "the description of the member");
    }

    [Test]
    public async Task TriageAsync_BatchTakesAlmostADay_WaitsForItAtOnce()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(RunningFor(TimeSpan.FromHours(23)));

        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(report.Triaged, Has.Count.EqualTo(4));
        Assert.That(desk.Elapsed, Is.GreaterThan(TimeSpan.FromHours(23)));
    }

    [Test]
    public async Task TriageAsync_BatchExpires_KeepsWhatWasDone()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(RunningFor(TimeSpan.FromHours(40)));

        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(desk.Elapsed, Is.GreaterThan(TimeSpan.FromHours(24)));
        Assert.That(report.Triaged, Has.Count.EqualTo(2));
        Assert.That(report.Untriaged.Select(untriaged => untriaged.Reason), Is.All.StartsWith("Expired").And.Exactly(2).Items);
        Assert.That(desk.Gateway.Ledger.LinesBilled, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task TriageAsync_LinesFail_SaysWhy()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(Answering(request => request.CustomId switch
        {
            "t-1" => EmulatedResponse.Error(429, "rate_limit_exceeded", "Too many requests."),
            "t-2" => EmulatedResponse.Unanswered("request_timeout", "The model took too long."),
            "t-3" => EmulatedResponse.Chat("I would rather not say."),
            _ => EmulatedResponse.Default(request),
        }));

        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Dictionary<string, string> reasons = report.Untriaged.ToDictionary(untriaged => untriaged.Ticket.Id, untriaged => untriaged.Reason);
        Assert.That(report.Triaged.Single().Ticket.Id, Is.EqualTo("t-4"));
        Assert.That(reasons["t-1"], Does.Contain("Too many requests."));
        Assert.That(reasons["t-2"], Does.Contain("The model took too long."));
        Assert.That(reasons["t-3"], Does.StartWith("Failed: "));
    }

    [Test]
    public async Task TriageAsync_LineIsPaidForAndLost_SaysThatItIsMissing()
    {
        await using TestDesk desk = await TestDesk.OpenAsync(Answering(request =>
            request.CustomId == "t-2" ? EmulatedResponse.Vanish : EmulatedResponse.Default(request)));

        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        Assert.That(report.Triaged, Has.Count.EqualTo(3));
        Assert.That(report.Untriaged.Single().Reason, Does.StartWith("Missing"));
    }

    [Test]
    public async Task TriageAsync_GatewayIsBusy_ComesThroughAndWaitsAsLongAsItIsTold()
    {
        await using TestDesk desk = await TestDesk.OpenAsync();
        desk.Gateway.OnUploadFile.Answer(503, times: 2);
        desk.Gateway.OnCreateBatch.Answer(429, retryAfter: TimeSpan.FromSeconds(40));
        desk.Gateway.OnGetBatch.Answer(503, times: 10);
        desk.Gateway.OnFileContent.Drop();

        TriageReport report = await desk.Triage.TriageAsync("monday", TestDesk.Tickets);

        List<DateTimeOffset> creates = desk.Gateway.Ledger.Requests
            .Where(request => request.Route == desk.Gateway.OnCreateBatch.Name)
            .Select(request => request.Time)
            .ToList();
        Assert.That(report.Triaged, Has.Count.EqualTo(4));
        Assert.That(creates, Has.Count.EqualTo(2));
        Assert.That(creates[1] - creates[0], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(40)));
        Assert.That(desk.Gateway.Ledger.BatchesCreated, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TriageAsync_ManyDesksAtOnce_EachHasATimeOfItsOwn()
    {
        int[] hours = await Task.WhenAll(Enumerable.Range(1, 8).Select(HoursOfABatchThatRunsForAsync));

        Assert.That(hours, Is.EqualTo(Enumerable.Range(1, 8)));
    }

    private static async Task<int> HoursOfABatchThatRunsForAsync(int hours)
    {
        await using TestDesk desk = await TestDesk.OpenAsync(RunningFor(TimeSpan.FromHours(hours)));
        await desk.Triage.TriageAsync("monday", TestDesk.Tickets);
        return (int)desk.Elapsed.TotalHours;
    }

    private static EmulatorOptions RunningFor(TimeSpan time) => new() { Script = new() { RunningFor = time } };

    private static EmulatorOptions Answering(Func<EmulatedRequest, EmulatedResponse> responder) => new() { Script = new() { Responder = responder } };
}
