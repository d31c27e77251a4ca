using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Snippets;

public sealed class EmulatorPageSnippets
{
    [Test]
    public async Task Job_AnswerIsLost_NothingIsPaidTwice()
    {
        ServiceCollection services = new();
        Job job = new(services);

        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync();
        services.AddBatchClient().UseEmulator(emulator);           // address, key and clock; waiting takes no real time

        emulator.OnCreateBatch.LoseAnswer();                       // created, but the answer never arrives
        await job.RunAsync();                                      // your code

        Assert.That(emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        Assert.That(emulator.Ledger.LinesBilled.Values, Has.All.EqualTo(1));
    }

    [Test]
    public async Task Faults_ThatPick_StandOnTheirCalls()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync();

        emulator.OnListFiles.Always.Delay(TimeSpan.FromSeconds(2));
        emulator.OnGetBatch.Every(3).Answer(503);                  // the third, the sixth, ... from now on
        emulator.OnAnyCall.Sometimes(0.1, seed: 7).Drop();         // one in ten; with the same seed the same ones
        emulator.OnUploadFile.When(request => request.Headers.ContainsKey("x-tfy-metadata")).LoseAnswer();

        Assert.That(emulator.Ledger.Requests, Is.Empty);
    }

    [Test]
    public async Task Responder_EachLineItsOwn_EachFateShows()
    {
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(new EmulatorOptions
        {
            Script = new()
            {
                Responder = request => request.LineNumber switch
                {
                    3 => EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."),
                    4 => EmulatedResponse.Unanswered("request_timeout", "Too slow."),
                    5 => EmulatedResponse.Vanish,                      // paid for, and in neither file
                    _ => EmulatedResponse.Default(request),            // "Echo: ...", or an instance of the JSON schema asked for
                },
            },
        });

        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();
        string[] ids = ["1", "2", "3", "4", "5"];
        BatchOperation operation = await provider.GetRequiredService<IBatchClient>().SubmitAsync(ids.Select(id => BatchRequestLine.Chat(id, "gpt-4o-mini", id)));
        await operation.WaitAsync();

        Dictionary<string, BatchOutcomeKind> kinds = [];
        await foreach (var outcome in operation.ReadOutcomesAsync(ids, id => id, line => line.ChatText))
            kinds.Add(outcome.Item, outcome.Kind);

        Assert.That(
            ids.Select(id => kinds[id]),
            Is.EqualTo(new[] { BatchOutcomeKind.Succeeded, BatchOutcomeKind.Succeeded, BatchOutcomeKind.Failed, BatchOutcomeKind.Failed, BatchOutcomeKind.Missing }));
    }

    [Test]
    public async Task Script_OfTheNextBatchesAndAllLater_DecidesTheirLives()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        BatchGatewayEmulator emulator = fixture.Emulator;

        EmulatorScript script = emulator.Script;

        // It expires with half of its lines done, ten minutes late.
        EmulatorScript slow = script with { ValidatingFor = TimeSpan.Zero, RunningFor = TimeSpan.FromHours(48) };
        emulator.ScriptNextBatch(slow with { ExpiresLateBy = TimeSpan.FromMinutes(10) });

        // Its validation fails.
        emulator.ScriptNextBatch(script.FailsValidation("token_limit_exceeded", "Enqueued token limit reached."));

        // Its status goes backwards for a while, and its files are named five minutes after its end.
        EmulatorScript muddled = script.Tells("validating", from: TimeSpan.FromMinutes(1), until: TimeSpan.FromMinutes(2));
        emulator.ScriptNextBatch(muddled with { FileIdsAfter = TimeSpan.FromMinutes(5) });

        // Of all later ones, a hundredth of the lines fails at the first attempt and succeeds at the second.
        emulator.Script = script.Lines(0.01, request => request.Attempt == 1
            ? EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast.")
            : EmulatedResponse.Default(request));

        List<Batch> ends = [];
        for (int i = 0; i < 4; i++)
            ends.Add(await (await fixture.Gateway.SubmitAsync(Fixture.Lines)).WaitAsync());

        Assert.That(ends.Select(end => end.Status.ToString()), Is.EqualTo(new[] { "expired", "failed", "completed", "completed" }));
        Assert.That(ends[0].ExpiredAt - ends[0].ExpiresAt, Is.EqualTo(TimeSpan.FromMinutes(10)));
        Assert.That(ends[0].RequestCounts?.Completed, Is.EqualTo(1));
    }

    /// <summary>A user's code: it gives up when it does not know whether there is a batch.</summary>
    private sealed class Job(IServiceCollection services)
    {
        public async Task RunAsync()
        {
            await using ServiceProvider provider = services.BuildServiceProvider();
            try
            {
                await provider.GetRequiredService<IBatchClient>().SubmitAsync(Fixture.Lines);
            }
            catch (AmbiguousCreateException)
            {
                TestContext.Out.WriteLine("Somebody has to look.");
            }
        }
    }
}
