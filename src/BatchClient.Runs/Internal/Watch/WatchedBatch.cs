using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>A batch that is being watched, and when it is looked at next.</summary>
internal sealed class WatchedBatch(ShardRow shard, RunClient client, (TimeSpan First, TimeSpan Longest) pauses, DateTimeOffset now)
{
    private const double Growth = 1.5;

    private static readonly TimeSpan NoticeEvery = TimeSpan.FromHours(1);

    private TimeSpan _pause = pauses.First;
    private DateTimeOffset _changedAt = now;
    private DateTimeOffset? _noticedAt;
    private string? _last;

    public int Shard { get; } = shard.Number;

    public string BatchId { get; } = shard.BatchId!;

    public RunClient Client { get; } = client;

    public DateTimeOffset KnownSince { get; } = now;

    public DateTimeOffset NextLook { get; private set; } = now + pauses.First;

    public bool IsCancelAsked { get; set; }

    /// <summary>When the batch was made, by the gateway's clock; null before it said so.</summary>
    public DateTimeOffset? CreatedAt { get; private set; }

    /// <summary>Whether it may as well be looked at now, together with others: its pause is nearly over.</summary>
    public bool IsNearlyDue(DateTimeOffset at) => NextLook - (_pause / 4) <= at;

    /// <summary>
    /// It was looked at, or could not be: the next look follows after a pause that grows, and is no shorter than the gateway's wish.
    /// </summary>
    public void Looked(DateTimeOffset at, TimeSpan? wish = null)
    {
        NextLook = at + (wish > _pause ? wish.Value : _pause);
        _pause = Pauses.Next(_pause, Growth, pauses.Longest);
    }

    /// <summary>What people should know of the new snapshot; null for nothing.</summary>
    public string? Note(Batch? before, Batch batch, DateTimeOffset at)
    {
        CreatedAt = batch.CreatedAt ?? CreatedAt;
        string seen = $"{batch.Status} {batch.RequestCounts?.Completed} {batch.RequestCounts?.Failed}";
        bool isNew = seen != _last;
        if (isNew)
            (_last, _changedAt) = (seen, at);

        if (before is not null && Order(batch.Status.Kind) < Order(before.Status.Kind))
            return $"batch '{BatchId}' went back from '{before.Status}' to '{batch.Status}'; it is watched on.";
        if (at - _noticedAt < NoticeEvery)
            return null;
        if (batch.Status.Kind == BatchStatusKind.Unknown)
            return Noticed(at, $"the status '{batch.Status}' of batch '{BatchId}' is not known; it is watched on until that changes or one of "
                + "the times of an end is set.");
        return at - _changedAt >= NoticeEvery
            ? Noticed(at, $"batch '{BatchId}' has been '{batch.Status}' without any change for {(at - _changedAt).TotalHours:0.#} hours; it is "
            + "watched on.")
            : null;
    }

    private string Noticed(DateTimeOffset at, string notice)
    {
        _noticedAt = at;
        return notice;
    }

    private static int Order(BatchStatusKind kind) => kind switch
    {
        BatchStatusKind.Pending => 1,
        BatchStatusKind.InProgress => 2,
        BatchStatusKind.Finalizing or BatchStatusKind.Cancelling => 3,
        BatchStatusKind.Unknown => int.MaxValue,
        _ => 4,
    };
}
