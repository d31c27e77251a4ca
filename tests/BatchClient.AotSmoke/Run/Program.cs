using BatchGateway;
using BatchGateway.AotSmoke;
using BatchGateway.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

const string Name = "good-numbers";

return await Stage.RunAsync(args, FirstAsync, LifeAsync);

static Task<string> FirstAsync() => throw new NotSupportedException("A run has no first answer: it is 'life' with an address, a key and a folder.");

static async Task<int> LifeAsync(string[] gateway)
{
    await using (ServiceProvider first = Open(gateway))
        await first.GetRequiredService<IBatchRuns>().RunAsync(new BatchRunRequest(Name, Lines()) { Limits = new BatchLimits { MaxLines = 40 } });

    // As after a restart: the state is what is in the folder.
    await using ServiceProvider second = Open(gateway);
    return await CountCompletionsAsync(second.GetRequiredService<IBatchRuns>()) + await Schema.CountVerdictsAsync(second.GetRequiredService<IBatchClient>());
}

static async Task<int> CountCompletionsAsync(IBatchRuns runs)
{
    BatchRunSummary summary = await runs.ResumeAsync(Name);
    int completions = 0;
    await foreach (BatchResultLine line in runs.ReadResultsAsync(Name))
        completions += line.ReadBody(SmokeJson.Default.Completion)?.Choices.Count ?? 0;

    return summary.AllSucceeded && summary.Batches == 3 ? completions : 0;
}

static IEnumerable<BatchRequestLine> Lines() => Question.All.Select(question =>
    BatchRequestLine.Create(question.Id, BatchEndpoint.ChatCompletions, Prompt.Of(question), SmokeJson.Default.Prompt));

static ServiceProvider Open(string[] gateway)
{
    IConfiguration configuration = new ConfigurationBuilder()
        .AddInMemoryCollection([new("Gateway:ControlPlaneUrl", gateway[0]), new("Gateway:ApiKey", gateway[1])])
        .Build();
    ServiceCollection services = new();
    services.AddBatchClient(configuration.GetSection("Gateway"));
    services.AddBatchRuns(options => options.StateFolder = gateway[2]);
    return services.BuildServiceProvider();
}
