using BatchGateway.Internal.Http;
using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Brings the lines of a shard to the gateway. An upload may be repeated; what a crash left of one is looked for by its exact name.
/// </summary>
internal sealed class UploadStep(RunContext context, SemaphoreSlim slots)
{
    public async Task RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (work.Shard.State == ShardState.Uploading && await AdoptAsync(work, cancellationToken).ConfigureAwait(false) is { } left)
                await KnowAsync(work, left).ConfigureAwait(false);
            else
                await UploadAsync(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task UploadAsync(ShardWork work, CancellationToken cancellationToken)
    {
        string token = IntentToken.New();
        ShardFacts facts = work.Facts with { Address = work.Facts.Address ?? context.Settings.Address, UploadToken = token, Problem = null };
        await work.MoveAsync(RunStep.Uploading, ShardState.Uploading, facts).ConfigureAwait(false);

        context.Before(RunStep.Upload, work.Number);
        RunClient client = work.Client;
        Stream content = await context.Blobs.OpenAsync(work.Shard.Blob, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            BatchIntent uploaded = await new InputUpload(client.Operations)
                .RunAsync(token, content, client.Call, progress: null, cancellationToken).ConfigureAwait(false);
            context.After(RunStep.Upload, work.Number);
            context.Traffic.AddUpload(work.Shard.Bytes);
            await KnowAsync(work, uploaded.File).ConfigureAwait(false);
        }
    }

    private Task KnowAsync(ShardWork work, BatchFile file)
    {
        context.Setbacks.Authorized(work.Number);
        context.Setbacks.Forget(work.Number);
        return work.MoveAsync(RunStep.Uploaded, ShardState.Uploaded, work.Facts with
        {
            FileId = file.Id,
            FileCreatedAt = file.CreatedAt,
            FileBytes = file.Bytes,
            FileRefusals = 0,
            Problem = null,
        });
    }

    /// <summary>
    /// What a crash left: a file of exactly the name that holds the token, which nobody else can have made. One that is whole is taken, the rest
    /// deleted.
    /// </summary>
    private async Task<BatchFile?> AdoptAsync(ShardWork work, CancellationToken cancellationToken)
    {
        if (work.Facts.UploadToken is not { } token)
            return null;

        string name = IntentToken.FileName(token);
        RunClient client = work.Client;
        try
        {
            ListPage<BatchFile> newest = await client.Files
                .ListPageAsync(FilePurpose.Batch, options: client.Call, cancellationToken: cancellationToken).ConfigureAwait(false);
            List<BatchFile> left = [.. newest.Data.Where(file => file.Filename == name)];
            BatchFile? whole = left.Find(file => file.Bytes == work.Shard.Bytes && file.Status != FileStatus.Error
                && file.Status != FileStatus.Pending);
            foreach (BatchFile orphan in left.Where(file => file != whole))
                await client.Files.DeleteAsync(orphan.Id, client.Call, cancellationToken).ConfigureAwait(false);
            return whole;
        }
        catch (BatchClientException exception)
        {
            context.Notices.Add($"Shard {work.Number}: an upload that was cut off may have left a file named '{name}' at the gateway: "
                + $"{exception.Message}");
            return null;
        }
    }
}
