using BatchGateway;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Worker;

/// <summary>Submits a batch once. A restart goes on with the same batch, and a restart after its end reads the same results again, for nothing.</summary>
internal sealed class QuestionWorker(
    IBatchClient gateway, IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<QuestionWorker> logger) : BackgroundService
{
    private static readonly string[] Questions = ["Why is the sky blue?", "Why is grass green?", "Why is snow white?"];

    private readonly string _model = configuration["Worker:Model"] ?? "gpt-4o-mini";
    private readonly string _referenceFile = Path.GetFullPath(configuration["Worker:ReferenceFile"] ?? "worker-batch.json");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (BatchClientException problem)
        {
            logger.LogError("{Problem}", problem.Message);
            Environment.ExitCode = 1;
        }

        lifetime.StopApplication();
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        BatchOperation operation = File.Exists(_referenceFile) ? await ResumeAsync(stoppingToken) : await SubmitAsync(stoppingToken);
        Batch end = await operation.WaitAsync(cancellationToken: stoppingToken);
        await SaveAsync(operation.Reference);
        logger.LogInformation("Batch {BatchId} ended as {Status}.", end.Id, end.Status);

        await foreach (BatchOutcome<string, string?> outcome in operation.ReadOutcomesAsync(
            Questions, IdOf, line => line.ChatText, cancellationToken: stoppingToken))
            logger.LogInformation("{Kind}: {Question} {Answer}", outcome.Kind, outcome.Item, outcome.Result ?? outcome.Error?.ToString());
    }

    private async Task<BatchOperation> SubmitAsync(CancellationToken stoppingToken)
    {
        PreparedBatch prepared = await gateway.PrepareAsync(
            Questions.Select(question => BatchRequestLine.Chat(IdOf(question), _model, question)), cancellationToken: stoppingToken);

        // On disk before the create: whatever happens to this process now, the next one looks for this batch and makes no second one.
        await SaveAsync(prepared.Reference);
        BatchOperation operation;
        try
        {
            operation = await prepared.CreateAsync(stoppingToken);
        }
        catch (Exception problem) when (problem is not AmbiguousCreateException)
        {
            // A definite no: there is no batch to come back to.
            File.Delete(_referenceFile);
            throw;
        }

        await SaveAsync(operation.Reference);
        logger.LogInformation("Created batch {BatchId}.", operation.BatchId);
        return operation;
    }

    private async Task<BatchOperation> ResumeAsync(CancellationToken stoppingToken)
    {
        BatchReference reference = BatchReference.FromJson(await File.ReadAllTextAsync(_referenceFile, stoppingToken));
        logger.LogInformation("Going on with batch {BatchId} of file {InputFileId}.", reference.BatchId ?? "(not known yet)", reference.InputFileId);
        return gateway.Attach(reference);
    }

    private async Task SaveAsync(BatchReference reference)
    {
        string half = _referenceFile + ".part";
        await File.WriteAllTextAsync(half, reference.ToJson());
        File.Move(half, _referenceFile, overwrite: true);
    }

    private static string IdOf(string question) => $"question-{Array.IndexOf(Questions, question) + 1}";
}
