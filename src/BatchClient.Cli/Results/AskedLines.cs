using BatchGateway.Cli.Commands;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Results;

/// <summary>The lines that a batch was asked for, by their custom ids.</summary>
/// <param name="CustomIds">Each once.</param>
/// <param name="AreKnown">Whether they come from the batch's input; if not, they are those that have a result.</param>
internal sealed record AskedLines(IReadOnlyCollection<string> CustomIds, bool AreKnown)
{
    /// <summary>Reads the batch's input, which only the gateway has; where it no longer has it, its results.</summary>
    public static async Task<AskedLines> OfAsync(Session session, BatchOperation operation, Batch batch)
    {
        if (batch.InputFileId is { } input && await OfInputAsync(session, input) is { } asked)
            return new(asked, AreKnown: true);

        session.Screen.Note("Note", $"The gateway does not give the batch's input{(batch.InputFileId is { } id ? $" '{id}'" : "")}: lines without any result cannot be named.");
        HashSet<string> answered = [];
        await foreach (BatchResultLine line in operation.ReadResultsAsync(session.Cancelled))
        {
            if (line.CustomId is { } customId)
                answered.Add(customId);
        }

        return new(answered, AreKnown: false);
    }

    private static async Task<HashSet<string>?> OfInputAsync(Session session, string fileId)
    {
        string folder = Directory.CreateTempSubdirectory($"{Tool.Name}-").FullName;
        try
        {
            string path = Path.Combine(folder, "input.jsonl");
            await session.Screen.TransferAsync("Downloading", fileId, total: null, progress =>
                session.Client.Files.DownloadAsync(fileId, path, progress: progress, cancellationToken: session.Cancelled));
            return await ReadAsync(path, session.Cancelled);
        }
        catch (BatchApiException)
        {
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HashSet<string>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        HashSet<string> ids = [];
        await foreach (BatchRequestLine line in BatchRequestFile.ReadLinesAsync(path, cancellationToken))
        {
            if (line.CustomId is { } id)
                ids.Add(id);
        }

        return ids;
    }
}
