using BatchGateway.Cli.Commands;

namespace BatchGateway.Cli.Doctor;

/// <summary>A batch of one tiny line, cancelled at once.</summary>
internal sealed class BatchTrial(Session session, Checks checks, TestFile file, BatchFile uploaded)
{
    private const string MetadataKey = "batchclient_doctor";

    private static readonly string[] Names = ["batch create", "batch cancel", "metadata"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether a batch may run, or wait to run, on the file.</summary>
    public bool MayHaveBatch { get; private set; }

    public static void Skip(Checks checks, string why) => Skip(checks, Names, why);

    public async Task RunAsync()
    {
        session.IfInterrupted("No batch was created.", $"Run the same command again, or see: {Tool.Name} files");
        if (await checks.AskAsync(Names[0], true, CreateAsync, created => (Answer.Ok, $"'{created.Id}', {created.Status}")) is not { } batch)
        {
            Skip(checks, Names[1..], "there is no batch");
            return;
        }

        MayHaveBatch = true;
        session.IfInterrupted($"Batch '{batch.Id}' may still run: it has one tiny line.", $"{Tool.Name} cancel {batch.Id}");
        await CancelAsync(batch.Id);
        await checks.AskAsync(Names[2], false, () => session.Client.Batches.GetAsync(batch.Id, cancellationToken: session.Cancelled), Echoed);
    }

    private static void Skip(Checks checks, IEnumerable<string> names, string why)
    {
        foreach (string name in names)
            checks.Note(name, Answer.NotAsked, why);
    }

    private async Task<Batch> CreateAsync()
    {
        await ProcessedAsync();
        CreateBatchRequest request = new()
        {
            InputFileId = uploaded.Id,
            Endpoint = BatchEndpoint.ChatCompletions,
            CompletionWindow = "24h",
            Metadata = new Dictionary<string, string> { [MetadataKey] = file.Token },
        };
        try
        {
            return await session.Client.Batches.CreateAsync(request, cancellationToken: session.Cancelled);
        }
        catch (AmbiguousCreateException)
        {
            MayHaveBatch = true;
            throw;
        }
    }

    /// <summary>On Azure no batch can be created of a file that is still being looked at.</summary>
    private async Task ProcessedAsync()
    {
        long start = session.Clock.GetTimestamp();
        BatchFile now = uploaded;
        while (now.Status == FileStatus.Pending && session.Clock.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Pause, session.Clock, session.Cancelled);
            now = await session.Client.Files.GetAsync(uploaded.Id, cancellationToken: session.Cancelled);
        }
    }

    private async Task CancelAsync(string id)
    {
        Batch? cancelled = await checks.AskAsync(Names[1], false, () => session.Client.Batches.CancelAsync(id, cancellationToken: session.Cancelled), batch => (Answer.Ok, batch.Status.ToString()));
        MayHaveBatch = cancelled is null;
    }

    private (Answer, string) Echoed(Batch batch) => batch.Metadata.TryGetValue(MetadataKey, out string? token) && token == file.Token
        ? (Answer.Ok, "comes back as it was sent")
        : (Answer.No, "the gateway keeps none: a create whose answer is lost can be found by its input file only");
}
