using System.Net;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Plans a shard once more whose uploaded file is gone from the gateway: deleted by somebody, or kept for no longer. Only outside of an intent, when
/// it is known that there is no batch of it. That a list has proved it is not enough: a batch of an earlier create may still show up, and may say
/// nothing but the file that it was made of, or be further back than the new file.
/// </summary>
internal sealed class GoneFile(RunContext context)
{
    /// <summary>How often a shard is uploaded again: a gateway that loses every file is not to be fed for ever.</summary>
    private const int MostUploads = 2;

    /// <returns>Whether the file is gone, and the shard may be uploaded again.</returns>
    public static async Task<bool> IsGoneAsync(ShardWork work, CancellationToken cancellationToken)
    {
        if (work.Facts is not { FileId: { } file, EarlierIntents: [], Reuploads: < MostUploads })
            return false;

        try
        {
            await work.Client.Files.GetAsync(file, work.Client.Call, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (BatchApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound && !exception.IsRouteUnsupported)
        {
            return true;
        }
    }

    /// <summary>Forgets the file: the shard is uploaded again, under a new token.</summary>
    public async Task ReplanAsync(ShardWork work)
    {
        ShardFacts facts = work.Facts;
        string problem = $"File '{facts.FileId}' is gone from the gateway. Its lines are uploaded again.";
        context.Notices.Add($"Shard {work.Number}: {problem}");
        await work.MoveAsync(RunStep.Settle, ShardState.Planned, facts with
        {
            UploadToken = null,
            FileId = null,
            FileCreatedAt = null,
            FileBytes = null,
            FileRefusals = 0,
            Reuploads = facts.Reuploads + 1,
            Problem = problem,
        }, freesBudget: true).ConfigureAwait(false);
    }
}
