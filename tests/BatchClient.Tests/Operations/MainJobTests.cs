using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Operations;

public sealed class MainJobTests
{
    private static readonly string[] Prompts = ["one", "two", "three"];

    [TestCase(EmulatorPersonality.Documented)]
    [TestCase(EmulatorPersonality.OpenAI)]
    [TestCase(EmulatorPersonality.Azure)]
    public Task Submit_PromptsToOutcomes_EveryPromptHasItsAnswer(EmulatorPersonality personality) =>
        AssertMainJobAsync(new EmulatorOptions { Personality = personality });

    [TestCase(404)]
    [TestCase(405)]
    [TestCase(501)]
    public Task Submit_GatewayWithoutListCancelFileListAndRanges_DoesTheSame(int status) => AssertMainJobAsync(new EmulatorOptions
    {
        BatchList = false,
        Cancel = false,
        FileList = false,
        Ranges = false,
        UnsupportedStatus = status,
    });

    [TestCase("/v1")]
    [TestCase("")]
    [TestCase("/a/longer/path/than/most")]
    public Task Submit_AnyApiPath_DoesTheSame(string path) => AssertMainJobAsync(new EmulatorOptions { ApiPath = path });

    private static async Task AssertMainJobAsync(EmulatorOptions options)
    {
        options.RequiredProvider = "openai-main";
        await using BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(options);
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();
        IBatchClient gateway = provider.GetRequiredService<IBatchClient>();

        BatchOperation operation = await gateway.SubmitAsync(Prompts.Select(prompt => BatchRequestLine.Chat(prompt, "gpt-4o-mini", prompt)));
        Batch end = await operation.WaitAsync();
        Dictionary<string, string?> answers = [];
        await foreach (BatchOutcome<string, string?> outcome in operation.ReadOutcomesAsync(Prompts, prompt => prompt, line => line.ChatText))
            answers.Add(outcome.Item, outcome.Result);

        Assert.That(end.EnsureCompleted().RequestCounts?.Completed, Is.EqualTo(3));
        Assert.That(answers.Keys, Is.EquivalentTo(Prompts));
        Assert.That(answers.Values, Has.All.Contains("Echo"));
        Assert.That(emulator.Ledger.BatchesCreated, Has.Count.EqualTo(1));
        Assert.That(emulator.Ledger.LinesBilled.Values, Is.EqualTo(new[] { 1, 1, 1 }));
    }
}
