using BatchGateway;
using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quickstart;

// The main job: prompts from a text file go up as one file, become a batch, and their answers come home.
// dotnet run --project samples/Quickstart -- [--attach BATCH_ID] [PROMPTS_FILE]
Console.OutputEncoding = System.Text.Encoding.UTF8;
string? attachTo = args is ["--attach", var id, ..] ? id : null;
string[] rest = attachTo is null ? args : args[2..];
if (rest.Length > 1 || rest.Any(arg => arg.StartsWith('-')))
    return Screen.Fail("Usage: dotnet run --project samples/Quickstart -- [--attach BATCH_ID] [PROMPTS_FILE]", 2);

string path = rest is [var file] ? file : Path.Combine(AppContext.BaseDirectory, "prompts.txt");
string model = Setting("BATCHCLIENT_MODEL") ?? "gpt-4o-mini";
string? controlPlane = Setting("BATCHCLIENT_CONTROL_PLANE_URL");
if (attachTo is not null && controlPlane is null)
    return Screen.Fail("--attach needs a real gateway: set BATCHCLIENT_CONTROL_PLANE_URL. The emulator's batches end with the program.", 2);

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !stop.IsCancellationRequested;   // The second Ctrl+C ends the program at once.
    stop.Cancel();
};
BatchOperation? operation = null;
try
{
    IReadOnlyList<Prompt> prompts = Prompt.ReadFile(path);

    // Without a gateway of your own, one runs inside this program: real HTTP, short batches, answers that echo the prompts.
    await using BatchGatewayEmulator? emulator = controlPlane is not null ? null : await BatchGatewayEmulator.StartAsync(new EmulatorOptions
    {
        Clock = EmulatorClock.RealTime(),
        Script = new() { ValidatingFor = TimeSpan.FromSeconds(1), RunningFor = TimeSpan.FromSeconds(3), FinalizingFor = TimeSpan.FromSeconds(1) },
    });
    ServiceCollection services = new();
    IBatchClientBuilder builder = services.AddBatchClient();   // reads the BATCHCLIENT_* variables
    if (emulator is not null)
        builder.UseEmulator(emulator);
    await using ServiceProvider provider = services.BuildServiceProvider();
    IBatchClient gateway = provider.GetRequiredService<IBatchClient>();
    Screen.Say("Gateway", controlPlane ?? $"the embedded emulator at {emulator!.Url} (for a real one set BATCHCLIENT_CONTROL_PLANE_URL)");

    if (attachTo is null)
    {
        PreparedBatch prepared = await gateway.PrepareAsync(prompts.Select(prompt => BatchRequestLine.Chat(prompt.Id, model, prompt.Text)), cancellationToken: stop.Token);
        Screen.Say("Prepared", $"{prepared.LineCount} prompts of {Path.GetFileName(path)}, uploaded as {prepared.InputFile.Id}");
        operation = await prepared.CreateAsync(stop.Token);
        Screen.Say("Created", $"{operation.BatchId} with model {model}");
    }
    else
    {
        operation = gateway.Attach(attachTo);
        Screen.Say("Attached", attachTo);
    }

    WaitOptions rhythm = new() { PollInterval = TimeSpan.FromSeconds(0.5), MaxPollInterval = TimeSpan.FromSeconds(emulator is null ? 30 : 0.5) };
    Batch end = await Screen.WaitAsync(operation, rhythm, prompts.Count, stop.Token);
    Screen.Say("Finished", $"{end.Status}, output file {end.OutputFileId ?? "none"}, error file {end.ErrorFileId ?? "none"}");
    if ((end.OutputFileId ?? end.ErrorFileId) is null)
        end.EnsureCompleted();

    List<BatchOutcome<Prompt, string?>> outcomes = [];
    await foreach (BatchOutcome<Prompt, string?> outcome in operation.ReadOutcomesAsync(
        prompts, prompt => prompt.Id, line => line.ChatText, new OutcomeOptions { InItemOrder = true }, stop.Token))
        outcomes.Add(outcome);
    Screen.Show(outcomes);

    int succeeded = outcomes.Count(outcome => outcome.Succeeded);
    Screen.Say("Done", $"{succeeded} of {prompts.Count} prompts have an answer");
    return succeeded == prompts.Count ? 0 : 1;
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
{
    return Screen.Fail(problem.Message, 2);
}
catch (OptionsValidationException problem)
{
    return Screen.Fail($"{string.Join("\n", problem.Failures)}\nThis program reads them from the variables BATCHCLIENT_*; README.md names them.", 2);
}
catch (BatchClientException problem)
{
    Screen.Fail(problem.Message, 1);
    return SayHowToGoOn();
}
catch (OperationCanceledException)
{
    Screen.Fail(operation is null ? "Stopped; no batch was created." : "Stopped; the batch goes on.", 1);
    return SayHowToGoOn();
}

static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

int SayHowToGoOn()
{
    if (operation?.BatchId is { } batch)
        Screen.Suggest(controlPlane is null
            ? $"It was batch {batch}. (The emulator ends with this program; at a real gateway you could come back to it.)"
            : $"To come back to it:\ndotnet run --project samples/Quickstart -- --attach {batch} \"{path}\"");
    return 1;
}
