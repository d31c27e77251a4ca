using System.Text;
using System.Text.RegularExpressions;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;

namespace BatchGateway.Tests.Lines;

/// <summary>Every rule, by every way that lines can go.</summary>
[NonParallelizable]
public sealed class RequestRulesTests
{
    private const string OldTarget = "what stood there before";

    private EmulatedClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _client = await EmulatedClient.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _client.DisposeAsync();

    private static IEnumerable<TestCaseData> Cases() =>
        from input in BrokenInput.All()
        from way in Enum.GetValues<Way>()
        where !input.CanBeSplit || way is not (Way.Split or Way.Plan)
        select new TestCaseData(input.Name, way).SetArgDisplayNames(input.Name, way.ToString());

    [TestCaseSource(nameof(Cases))]
    public async Task Check_BrokenRule_SaysWhereAndWhyAndLeavesNothing(string name, Way way)
    {
        BrokenInput input = BrokenInput.All().Single(candidate => candidate.Name == name);
        using TemporaryFolder folder = new();
        using TemporaryPath temporary = new();
        folder.Write("target.jsonl", OldTarget);
        int requests = _client.Emulator.Ledger.Requests.Count;
        int batches = _client.Emulator.Ledger.BatchesCreated.Count;
        IReadOnlyList<string> held = _client.Emulator.Ledger.FilesHeld;

        BatchInputException problem = await RefusalAsync(input, way, folder);

        Assert.That(problem.Rule.ToString(), Is.EqualTo(input.Rule.ToString()), problem.Message);
        Assert.That(problem.LineNumber, Is.EqualTo(input.LineNumber));
        Assert.That(problem.CustomId, Is.EqualTo(input.CustomId));
        Assert.That(problem.Message, Does.Match(string.Join('|', input.Says.Split('|').Select(Regex.Escape))));
        Assert.That(problem.Message, Does.EndWith($". {StateAfter(way)}"));
        if (input.LineNumber is { } number)
            Assert.That(problem.Message, Does.StartWith($"Line {number} "));

        Assert.That(temporary.Names, Is.Empty, "temporary files");
        Assert.That(File.ReadAllText(folder.PathOf("target.jsonl")), Is.EqualTo(OldTarget));
        Assert.That(folder.Names, Is.SubsetOf(new[] { "input.jsonl", "target.jsonl" }));
        Assert.That(_client.Emulator.Ledger.FilesHeld, Is.EqualTo(held));
        Assert.That(_client.Emulator.Ledger.BatchesCreated, Has.Count.EqualTo(batches));
        if (way != Way.UploadOnce)
            Assert.That(_client.Emulator.Ledger.Requests, Has.Count.EqualTo(requests));
    }

    private async Task<BatchInputException> RefusalAsync(BrokenInput input, Way way, TemporaryFolder folder)
    {
        if (way == Way.Plan)
            return (await BatchPlan.MakeAsync(Lines(input), input.Limits)).Problems[0];

        return (await Assert.ThrowsAsync<BatchInputException>(() => GoAsync(input, way, folder)))!;
    }

    private Task GoAsync(BrokenInput input, Way way, TemporaryFolder folder) => way switch
    {
        Way.Write => BatchRequestFile.WriteAsync(folder.PathOf("target.jsonl"), Lines(input), input.Limits),
        Way.ReadAndWrite => BatchRequestFile.WriteAsync(folder.PathOf("target.jsonl"), BatchRequestFile.ReadLinesAsync(Written(input, folder)), input.Limits),
        Way.Open => BatchRequestFile.OpenAsync(Written(input, folder), input.Limits),
        Way.Split => BatchRequestFile.SplitAsync(folder.PathOf(""), Lines(input), input.Limits),
        Way.Upload => SubmitAsync(input, new SubmitOptions { Limits = input.Limits }),
        Way.UploadOnce => SubmitAsync(input, new SubmitOptions { Limits = input.Limits, UploadOnce = true }),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    private Task SubmitAsync(BrokenInput input, SubmitOptions options) =>
        _client.Gateway.SubmitAsync(Lines(input), options);

    private static string StateAfter(Way way) => way switch
    {
        Way.Write or Way.ReadAndWrite or Way.Split => "No file was written.",
        Way.UploadOnce => "The upload was broken off; no batch was created.",
        _ => "Nothing was sent.",
    };

    private static IEnumerable<BatchRequestLine> Lines(BrokenInput input) =>
        input.Lines.Select(line => BatchRequestLine.FromJson(Encoding.UTF8.GetBytes(line)));

    private static string Written(BrokenInput input, TemporaryFolder folder) =>
        folder.Write("input.jsonl", string.Concat(input.Lines.Select(line => line + "\n")));

    public enum Way
    {
        Write,
        ReadAndWrite,
        Open,
        Split,
        Plan,
        Upload,
        UploadOnce,
    }
}
