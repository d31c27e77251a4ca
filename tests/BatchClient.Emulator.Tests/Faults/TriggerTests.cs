using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Faults;

public sealed class TriggerTests
{
    [Test]
    public async Task Always_Answer_MeetsEveryRequest()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.Always.Answer(503);

        Assert.That(await StatusesAsync(gateway, 4), Has.All.EqualTo(503));
    }

    [Test]
    public async Task Every_AddedLater_CountsFromThen()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        await StatusesAsync(gateway, 2);
        gateway.Emulator.OnListFiles.Every(3).Answer(503);

        Assert.That(await StatusesAsync(gateway, 7), Is.EqualTo(new[] { 200, 200, 503, 200, 200, 503, 200 }));
    }

    [Test]
    public async Task Every_WithTimes_RunsOut()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.Every(2).Answer(503, times: 2);

        Assert.That(await StatusesAsync(gateway, 6), Is.EqualTo(new[] { 200, 503, 200, 503, 200, 200 }));
    }

    [Test]
    public async Task Every_BesideAnother_CountsAlsoWhatTheOtherTakes()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.Every(2).Answer(500);
        gateway.Emulator.OnListFiles.Every(3).Answer(503);

        Assert.That(await StatusesAsync(gateway, 9), Is.EqualTo(new[] { 200, 500, 503, 500, 200, 500, 200, 500, 503 }));
    }

    [Test]
    public async Task Every_UnderManyRequestsAtOnce_PicksByTheLedgersOrder()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.Every(4).Answer(503);

        await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => gateway.GetAsync("/files")));

        Assert.That(
            gateway.Ledger.Requests.Where(request => request.Status == 503).Select(request => request.Sequence),
            Is.EqualTo(Enumerable.Range(1, 20).Select(number => number * 4L)));
    }

    [Test]
    public async Task Sometimes_WithTheSameSeed_PicksTheSameRequests()
    {
        List<int> first = await SometimesAsync(0.3, seed: 7);

        Assert.That(await SometimesAsync(0.3, seed: 7), Is.EqualTo(first));
        Assert.That(await SometimesAsync(0.3, seed: 8), Is.Not.EqualTo(first));
        Assert.That(first, Has.Some.EqualTo(503).And.Some.EqualTo(200));
    }

    [TestCase(0, 200)]
    [TestCase(1, 503)]
    public async Task Sometimes_AtTheEnds_IsNeverOrAlways(double probability, int status) =>
        Assert.That(await SometimesAsync(probability, seed: 1), Has.All.EqualTo(status));

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public async Task Sometimes_WithNoProbability_Throws(double probability)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That(() => gateway.Emulator.OnAnyCall.Sometimes(probability, seed: 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => gateway.Emulator.OnAnyCall.Every(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task When_OnARequest_SeesItAsTheLedgerHasIt()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        List<LedgerRequest> seen = [];
        gateway.Emulator.OnAnyCall.When(request =>
        {
            seen.Add(request);
            return false;
        }).Drop();

        await gateway.GetAsync("/files/a%2Fb?api-key=secret", provider: "one");

        LedgerRequest request = seen.Single();
        Assert.That(request.Sequence, Is.EqualTo(1));
        Assert.That(request.Route, Is.EqualTo("GetFile"));
        Assert.That(request.Method, Is.EqualTo("GET"));
        Assert.That(request.Target, Is.EqualTo(gateway.Emulator.ApiPath + "/files/a%2Fb?api-key=[redacted]"));
        Assert.That(request.Headers["x-tfy-provider-name"], Is.EqualTo("one"));
        Assert.That(request.Headers["authorization"], Is.EqualTo("[redacted]"));
        Assert.That(request.Status, Is.Null);
    }

    [Test]
    public async Task When_PicksSome_LeavesTheOthersAlone()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnAnyCall.When(request => request.Target.Contains("limit=7", StringComparison.Ordinal)).Answer(503);

        int[] statuses =
        [
            await StatusAsync(gateway, "/files"),
            await StatusAsync(gateway, "/files?limit=7"),
            await StatusAsync(gateway, "/files?limit=7"),
        ];

        Assert.That(statuses, Is.EqualTo(new[] { 200, 503, 503 }));
    }

    [Test]
    public async Task When_ThePredicateThrows_AnswersA500ThatSaysSo()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.When(request => request.Sequence == 1 ? throw new FormatException("not a number") : false).Drop();
        gateway.Emulator.OnListFiles.Every(2).Answer(503);

        Answer answer = await gateway.GetAsync("/files");

        Assert.That(answer.Status, Is.EqualTo(500));
        Assert.That(answer.Error.Text("message"), Does.Contain("When").And.Contain("FormatException").And.Contain("not a number"));
        Assert.That(gateway.Ledger.Requests[0].Status, Is.EqualTo(500));
        Assert.That(await StatusesAsync(gateway, 2), Is.EqualTo(new[] { 503, 200 }), "the other fault has counted the request");
    }

    [Test]
    public async Task When_ThePredicateAddsAFault_TheNextRequestMeetsIt()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.When(request =>
        {
            if (request.Sequence == 1)
                gateway.Emulator.OnListFiles.Answer(418);
            return gateway.Ledger.Requests.Count == 0;
        }).Drop();

        Assert.That(await StatusesAsync(gateway, 3), Is.EqualTo(new[] { 200, 418, 200 }));
    }

    [Test]
    public async Task OnAnyCall_BesideACallsOwnFault_ComesAfterItAndIsNotUsedUp()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnAnyCall.Answer(500);
        gateway.Emulator.OnListFiles.Answer(429);

        Assert.That(await StatusesAsync(gateway, 3), Is.EqualTo(new[] { 429, 500, 200 }));
    }

    [Test]
    public async Task OnAnyCall_Every_CountsRequestsOfAllCallsAndOfNone()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnAnyCall.Every(3).Answer(503);
        gateway.Emulator.OnListFiles.Answer(429);

        int[] statuses =
        [
            await StatusAsync(gateway, "/files"),
            await StatusAsync(gateway, "/nothing"),
            await StatusAsync(gateway, "/batches/x"),
            await StatusAsync(gateway, "/files"),
            await StatusAsync(gateway, "/files"),
            await StatusAsync(gateway, "/nothing"),
        ];

        Assert.That(statuses, Is.EqualTo(new[] { 429, 404, 503, 200, 200, 503 }));
    }

    private static async Task<List<int>> SometimesAsync(double probability, int seed)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnListFiles.Sometimes(probability, seed).Answer(503);
        return await StatusesAsync(gateway, 40);
    }

    private static async Task<List<int>> StatusesAsync(TestGateway gateway, int count)
    {
        List<int> statuses = [];
        for (int i = 0; i < count; i++)
            statuses.Add(await StatusAsync(gateway, "/files"));
        return statuses;
    }

    private static async Task<int> StatusAsync(TestGateway gateway, string path) => (await gateway.GetAsync(path)).Status;
}
