namespace BatchGateway.Runs.Internal;

/// <summary>What failed here and not at the gateway, in the words of somebody who has to do something about it.</summary>
internal static class DiskFailure
{
    /// <summary>Whether it is the disk, or the right to use it. A file that ends too early was changed from outside, and says so itself.</summary>
    public static bool IsOne(Exception exception) => exception is IOException and not EndOfStreamException or UnauthorizedAccessException;

    /// <summary>The files of a shard cannot be read or written.</summary>
    public static BatchRunException Of(RunRow run, int shard, Exception cause) => new(
        $"Run '{run.Name}' has stopped: the files of shard {shard} in the state folder cannot be read or written. {Sentence(cause)} "
        + "What was durable before is safe, batches go on at the gateway, and nothing will be paid for twice. "
        + "Make room on the disk, or put right what the message says, and resume the run (ResumeAsync).",
        cause);

    /// <summary>The results cannot be written to the file that was asked for.</summary>
    public static BatchRunException OfResults(RunRow run, string path, Exception cause) => new(
        $"The results of run '{run.Name}' cannot be written to '{path}'. {Sentence(cause)} "
        + "What was there under that name is as it was, and the run has its results still. "
        + "Make room on the disk, or name another file, and write them again.",
        cause);

    private static string Sentence(Exception cause) => cause.Message.EndsWith('.') ? cause.Message : cause.Message + ".";
}
