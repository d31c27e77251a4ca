namespace BatchGateway.Runs;

/// <summary>A shard of a run: the lines of one batch.</summary>
public sealed record BatchShardInfo
{
    /// <summary>Its number in the run, from 1.</summary>
    public int Number { get; init; }

    /// <summary>Which attempt at its lines it is, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The shard whose lines are tried again here; null for a shard of the input.</summary>
    public int? Parent { get; init; }

    /// <summary>Where it stands.</summary>
    public BatchShardStatus Status { get; init; }

    /// <summary>How many lines it has.</summary>
    public long Lines { get; init; }

    /// <summary>How large its file is.</summary>
    public long Bytes { get; init; }

    /// <summary>The tokens of its prompts by a plain estimate: a quarter of the bytes of the bodies.</summary>
    public long EstimatedTokens { get; init; }

    /// <summary>The uploaded file; null before there is one.</summary>
    public string? InputFileId { get; init; }

    /// <summary>The random token of its create, as sent in <c>metadata.batchclient_intent</c>; null before there is one.</summary>
    public string? Intent { get; init; }

    /// <summary>Its batch; null before one is known.</summary>
    public string? BatchId { get; init; }

    /// <summary>The status of the batch when it ended; <see langword="default"/> before.</summary>
    public BatchStatus BatchStatus { get; init; }

    /// <summary>What stands in its way, or why it was given up; null for nothing.</summary>
    public string? Problem { get; init; }
}
