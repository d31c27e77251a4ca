using BatchGateway.Internal.Lines;

namespace BatchGateway.Runs.Internal;

/// <summary>Which lines of one shard are worth another try.</summary>
internal sealed class RetryRules
{
    private const int RequestTimeout = 408;
    private const int TooManyRequests = 429;

    private readonly HarvestOptions _options;
    private readonly bool _mayTryAgain;
    private readonly bool _mayExpireAgain;
    private readonly bool _mayBeRefusedAgain;

    public RetryRules(HarvestRequest request)
    {
        _options = request.Options;
        bool isWanted = !_options.WasCancelledByUs;
        _mayTryAgain = isWanted && request.Shard.Attempt < _options.MaxAttempts;
        _mayExpireAgain = isWanted && request.Tally.Expiries < _options.MaxExpiries;
        _mayBeRefusedAgain = isWanted && request.Tally.Refusals < _options.MaxRefusals;
    }

    /// <summary>Of the lines of a batch that was refused for others.</summary>
    public RetryVerdict OfUnnamed => _mayBeRefusedAgain ? RetryVerdict.AfterRefusal : RetryVerdict.Final;

    /// <summary>Of a line by its result.</summary>
    /// <param name="kind">What became of it.</param>
    /// <param name="facts">What the result says.</param>
    /// <param name="line">The result.</param>
    public RetryVerdict Of(BatchOutcomeKind kind, in ResultFacts facts, LineCutter line)
    {
        if (kind == BatchOutcomeKind.Succeeded || !IsPossible(kind) || !IsWorthIt(kind, facts, line))
            return RetryVerdict.Final;

        return kind == BatchOutcomeKind.Expired ? RetryVerdict.AfterExpiry : RetryVerdict.NextAttempt;
    }

    /// <summary>Of a line that no result speaks of. What a completed batch has lost may have been paid for.</summary>
    public RetryVerdict OfMissing(Batch batch) => EndOf(batch) switch
    {
        BatchStatusKind.Expired => _mayExpireAgain ? RetryVerdict.AfterExpiry : RetryVerdict.Final,
        BatchStatusKind.Cancelled or BatchStatusKind.Failed => Next(_mayTryAgain),
        _ => Next(_mayTryAgain && _options.RetryMissing),
    };

    /// <summary>How a batch ended, by its times where its status is not known.</summary>
    private static BatchStatusKind EndOf(Batch batch) => batch.Status.Kind switch
    {
        not BatchStatusKind.Unknown => batch.Status.Kind,
        _ when batch.CompletedAt is not null => BatchStatusKind.Completed,
        _ when batch.ExpiredAt is not null => BatchStatusKind.Expired,
        _ when batch.CancelledAt is not null => BatchStatusKind.Cancelled,
        _ when batch.FailedAt is not null => BatchStatusKind.Failed,
        _ => BatchStatusKind.Unknown,
    };

    private bool IsPossible(BatchOutcomeKind kind) => kind == BatchOutcomeKind.Expired ? _mayExpireAgain : _mayTryAgain;

    private bool IsWorthIt(BatchOutcomeKind kind, in ResultFacts facts, LineCutter line)
    {
        if (_options.ShouldRetry is { } ask)
            return ask(ResultLineParser.Parse(line) with { Kind = kind });

        return kind switch
        {
            BatchOutcomeKind.Expired or BatchOutcomeKind.Cancelled => true,
            BatchOutcomeKind.Failed => MayPass(facts, line),
            _ => false,
        };
    }

    private static bool MayPass(in ResultFacts facts, LineCutter line) => facts.StatusCode switch
    {
        TooManyRequests or (>= 500 and < 600) => true,
        // A line that ran into the provider's time limit was never answered, whatever stands in the place of a status.
        null or < 300 or RequestTimeout => ResultLineParser.Parse(line).Error?.Code == BatchErrorCode.RequestTimeout,
        _ => false,
    };

    private static RetryVerdict Next(bool may) => may ? RetryVerdict.NextAttempt : RetryVerdict.Final;
}
