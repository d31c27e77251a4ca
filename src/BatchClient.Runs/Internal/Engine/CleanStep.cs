using System.Net;

namespace BatchGateway.Runs.Internal;

/// <summary>Deletes what a harvested shard has left on the gateway. Its results are safe here by then.</summary>
internal sealed class CleanStep(RunContext context)
{
    /// <returns>Whether everything is gone that was to go.</returns>
    public async Task<bool> RunAsync(ShardWork work, CancellationToken cancellationToken)
    {
        context.Before(RunStep.Clean, work.Number);
        try
        {
            foreach (string file in FilesOf(work.Facts))
                await DeleteAsync(work, file, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchClientException exception)
        {
            context.Notices.Add($"Shard {work.Number}: its files could not be deleted at the gateway and stay there: {exception.Message}");
            return false;
        }

        context.After(RunStep.Clean, work.Number);
        await work.MoveAsync(RunStep.Cleaned, ShardState.Cleaned, work.Facts).ConfigureAwait(false);
        return true;
    }

    private IEnumerable<string> FilesOf(ShardFacts facts)
    {
        BatchRunCleanup cleanup = context.Settings.Cleanup;
        IEnumerable<string?> input = cleanup.HasFlag(BatchRunCleanup.InputFiles) ? [facts.FileId] : [];
        IEnumerable<string?> output = cleanup.HasFlag(BatchRunCleanup.OutputFiles) ? [facts.OutputFileId, facts.ErrorFileId] : [];
        return input.Concat(output).OfType<string>().Distinct();
    }

    private static async Task DeleteAsync(ShardWork work, string file, CancellationToken cancellationToken)
    {
        try
        {
            await work.Client.Files.DeleteAsync(file, work.Client.Call, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound && !exception.IsRouteUnsupported)
        {
        }
    }
}
