using System.Net.Http.Headers;
using System.Net.Http.Json;
using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>The account that the tables stand on notices what it is there to notice.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class AccountTests
{
    private static readonly Misfortune None = new("nothing", _ => { });

    [Test]
    public async Task Account_UndisturbedLife_IsEven()
    {
        await using Scene scene = await Scene.StartAsync(None, EmulatorPersonality.OpenAI);
        Life life = await LiveAsync(scene);

        Account account = new(scene.Emulator, life.Outcomes, life.Unmatched);

        Assert.That(await account.LinesLostAsync(), Is.Zero);
        Assert.That((account.CreatedTwice, account.PaidTwice, await account.FilesLeftAsync()), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task LinesLostAsync_AnOutcomeThatWasNotGiven_IsALineWithoutOneAndALineThatWasKept()
    {
        await using Scene scene = await Scene.StartAsync(None, EmulatorPersonality.OpenAI);
        Life life = await LiveAsync(scene);

        Account account = new(scene.Emulator, [.. life.Outcomes.Skip(1)], life.Unmatched);

        Assert.That(await account.LinesLostAsync(), Is.GreaterThan(1));
    }

    [Test]
    public async Task LinesLostAsync_AnAnswerGivenAsMissing_IsLost()
    {
        await using Scene scene = await Scene.StartAsync(None, EmulatorPersonality.OpenAI);
        Life life = await LiveAsync(scene);

        BatchOutcome<string, string?> missing = life.Outcomes[0] with { Kind = BatchOutcomeKind.Missing, Result = null };
        Account account = new(scene.Emulator, [missing, .. life.Outcomes.Skip(1)], life.Unmatched);

        Assert.That(await account.LinesLostAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task CreatedTwice_TheSameCreateAgain_IsOneTooMany()
    {
        await using Scene scene = await Scene.StartAsync(None, EmulatorPersonality.OpenAI);
        Life life = await LiveAsync(scene);
        await CreateAgainAsync(scene.Emulator);
        scene.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        Account account = new(scene.Emulator, life.Outcomes, life.Unmatched);

        Assert.That(account.CreatedTwice, Is.EqualTo(1));
        Assert.That(account.PaidTwice, Is.EqualTo(6), "the seventh line is refused, and costs nothing");
        Assert.That(await account.LinesLostAsync(), Is.Positive, "nobody was given the second answers");
    }

    private static async Task<Life> LiveAsync(Scene scene)
    {
        Life life = new(None, scene);
        await life.RunAsync();
        return life;
    }

    /// <summary>As a client does that sends a create a second time.</summary>
    private static async Task CreateAgainAsync(BatchGatewayEmulator emulator)
    {
        LedgerRequest create = emulator.Ledger.Requests.Single(request => request.Route == emulator.OnCreateBatch.Name);
        using HttpClient http = new();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.ApiKey);
        http.DefaultRequestHeaders.Add("Idempotency-Key", create.Headers["Idempotency-Key"]);
        var body = new { input_file_id = emulator.Ledger.FilesHeld[0], endpoint = "/v1/chat/completions", completion_window = "24h" };
        using HttpResponseMessage response = await http.PostAsJsonAsync($"{emulator.BaseUrl}/batches", body);
        response.EnsureSuccessStatusCode();
    }
}
