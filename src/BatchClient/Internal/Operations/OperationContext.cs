using BatchGateway.Internal.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Internal.Operations;

/// <summary>What floor 2 stands on: the calls of floor 1, a clock and a log.</summary>
internal sealed record OperationContext(
    IBatchesApi Batches, IFilesApi Files, References References, TimeProvider Clock, TimeProvider NetworkClock, ILogger Logger)
{
    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(10);

    /// <summary>Deletes a file that nobody needs, as part of giving up: briefly, and without a failure of its own.</summary>
    public async Task TryDeleteAsync(BatchFile file, BatchCallOptions? options)
    {
        using CancellationTokenSource brief = new(CleanupTime, NetworkClock);
        try
        {
            await Files.DeleteAsync(file.Id, options, brief.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BatchClientException or OperationCanceledException)
        {
            Logger.FileNotDeleted(file.Id, exception.Message);
        }
    }
}
