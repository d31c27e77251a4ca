using System.Globalization;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Removes the blobs that a crash has left to nobody: of runs that were deleted, and of those whose lines were still being written. Only for who
/// knows that no worker lives: in a state folder, whoever has its lock.
/// </summary>
internal static class BlobSweep
{
    public static async Task RunAsync(IRunStore store, IBlobStore blobs, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> found = await blobs.ListAsync(BlobsOfRun.Folder, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RunRow> runs = await store.ListRunsAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<string> kept = runs.Where(run => run.State != RunState.Spooling).Select(run => run.Id.ToString(CultureInfo.InvariantCulture));
        foreach (string run in found.Except(kept))
            await blobs.DeleteAllAsync($"{BlobsOfRun.Folder}/{run}", cancellationToken).ConfigureAwait(false);
    }
}
