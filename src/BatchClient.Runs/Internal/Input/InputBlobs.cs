using System.Globalization;

namespace BatchGateway.Runs.Internal;

/// <summary>The names of the blobs that hold request lines.</summary>
internal static class InputBlobs
{
    /// <summary>Where the shards of the input are.</summary>
    public const string Folder = "shard";

    /// <summary>Where the shards of later attempts are.</summary>
    public const string RetryFolder = "retry";

    /// <summary>The blob of a shard of the input, by its number from 1.</summary>
    public static string OfInput(int number) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{number}");

    /// <summary>
    /// The blob of a shard for another attempt. The fence of the claim under which it is written is in its name: a worker that was paused and
    /// lost its claim writes over nothing that the next one has planned.
    /// </summary>
    public static string OfRetry(ShardRow parent, int attempt, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{RetriesOf(parent.Number)}/{parent.Fence}-{attempt}-{part}");

    /// <summary>Where the lines of a shard are that are tried again.</summary>
    public static string RetriesOf(int parent) => string.Create(CultureInfo.InvariantCulture, $"{RetryFolder}/{parent}");

    /// <summary>The blob that says which lines of the input the picked lines of a shard are.</summary>
    public static string SequencesOf(string shardBlob) => shardBlob + "-lines";
}
