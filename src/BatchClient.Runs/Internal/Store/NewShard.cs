namespace BatchGateway.Runs.Internal;

/// <summary>A shard to be added to a run. It gets the next number, and its lines must be durable already.</summary>
/// <param name="Blob">The name of the blob that holds its lines.</param>
/// <param name="Lines">How many there are.</param>
/// <param name="Bytes">How large they are together.</param>
/// <param name="Tokens">An estimate of what they need.</param>
internal sealed record NewShard(string Blob, long Lines, long Bytes, long Tokens)
{
    /// <summary>From 1. Lines that only expired may keep the attempt they had.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>As <see cref="ShardRow.Facts"/>.</summary>
    public string? Facts { get; init; }
}
