using System.Collections.Concurrent;
using System.Net;
using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>Tells failures that pass from those that do not, and how long to pause after one.</summary>
internal sealed class RunSetbacks(TimeProvider clock)
{
    private const double Growth = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>Keys rotate: how long a refused token may stay refused.</summary>
    private static readonly TimeSpan UnauthorizedLimit = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<int, TimeSpan> _pauses = new();
    // By shard: a key that may read and not write is refused for good by some calls, however often others are allowed.
    private readonly ConcurrentDictionary<int, long> _unauthorizedSince = new();

    /// <summary>Whether another try may meet a better answer.</summary>
    public bool MayPass(int shard, BatchClientException failure) => failure switch
    {
        AmbiguousCreateException or BatchInputException or BatchRunException or RunStoreException or StateFolderException => false,
        BatchConnectionException or BatchResponseException => true,
        BatchApiException { StatusCode: HttpStatusCode.Unauthorized } => IsUnauthorizedForNow(shard),
        BatchApiException { StatusCode: HttpStatusCode.TooManyRequests } refused => !SpeaksOfMoney(refused),
        BatchApiException { StatusCode: HttpStatusCode.NotImplemented } => false,
        BatchApiException { StatusCode: HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } => true,
        BatchApiException => false,
        // No token could be had: a secret that is being replaced.
        _ => IsUnauthorizedForNow(shard),
    };

    /// <summary>The pause before the shard is tried again; it grows with every one, and is never shorter than the gateway's wish.</summary>
    public TimeSpan Pause(int shard, BatchClientException? failure)
    {
        TimeSpan pause = _pauses.AddOrUpdate(shard, FirstPause, (_, last) => Pauses.Next(last, Growth, LongestPause));
        return failure is BatchApiException { RetryAfter: { } wish } && wish > pause ? wish : pause;
    }

    /// <summary>The shard has moved on.</summary>
    public void Forget(int shard) => _pauses.TryRemove(shard, out _);

    /// <summary>The gateway has taken the token for what the shard is about.</summary>
    public void Authorized(int shard) => _unauthorizedSince.TryRemove(shard, out _);

    private bool IsUnauthorizedForNow(int shard) =>
        clock.GetElapsedTime(_unauthorizedSince.GetOrAdd(shard, clock.GetTimestamp())) < UnauthorizedLimit;

    private static bool SpeaksOfMoney(BatchApiException refused)
    {
        string code = $"{refused.Error.Code} {refused.Error.Type}";
        return code.Contains("quota", StringComparison.OrdinalIgnoreCase) || code.Contains("billing", StringComparison.OrdinalIgnoreCase);
    }
}
