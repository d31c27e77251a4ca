using System.Text;

namespace BatchGateway.Runs.Internal;

/// <summary>Looks through the shards of an input for the first line that has a custom id again.</summary>
/// <param name="blobs">The blobs of the run.</param>
/// <param name="suspects">The custom ids that may be there twice.</param>
internal sealed class DuplicateSearch(IBlobStore blobs, IEnumerable<string> suspects)
{
    private readonly HashSet<string> _suspects = [.. suspects];
    private readonly Dictionary<string, long> _first = [];

    /// <summary>How many lines were looked at.</summary>
    public long Lines { get; private set; }

    /// <summary>Looks through the first shards.</summary>
    /// <returns>The number of the line, its custom id, and the number of the line that had it first; null when there is none.</returns>
    public async Task<(long Line, string CustomId, long First)?> RunAsync(int shards, CancellationToken cancellationToken)
    {
        for (int number = 1; number <= shards; number++)
        {
            ShardLineReader lines = await ShardLineReader.OpenAsync(blobs, InputBlobs.OfInput(number), cancellationToken).ConfigureAwait(false);
            await using (lines.ConfigureAwait(false))
            {
                while (await lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
                {
                    Lines++;
                    string customId = Encoding.UTF8.GetString(lines.CustomId);
                    if (_suspects.Contains(customId) && !_first.TryAdd(customId, Lines))
                        return (Lines, customId, _first[customId]);
                }
            }
        }

        return null;
    }
}
