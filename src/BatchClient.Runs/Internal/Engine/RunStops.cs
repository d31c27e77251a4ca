using System.Net;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// What no pause helps: shards that have stopped, and whether anything is sent at all. The others are seen to their end, and the next life of the run
/// tries again what has stopped in this one.
/// </summary>
internal sealed class RunStops
{
    public const ShardState ToBeSent = ShardState.Planned | ShardState.Uploading | ShardState.Uploaded;

    /// <summary>So many shards that are refused with the same words, and none sent meanwhile: the next ones would be refused as well.</summary>
    private const int MostAlike = 3;

    private readonly object _gate = new();
    private readonly SortedDictionary<int, (BatchClientException Cause, bool WasToBeSent)> _shards = [];
    private BatchClientException? _nothingIsSent;
    private bool _isCancelling;
    private (string Words, int Count) _alike = ("", 0);

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _shards.Count == 0;
        }
    }

    /// <summary>Whether nothing is to be done for the shard in this life of the run.</summary>
    public bool IsHeld(ShardRow shard)
    {
        lock (_gate)
            return _shards.ContainsKey(shard.Number) || (_nothingIsSent is not null && !_isCancelling && (shard.State & ToBeSent) != 0);
    }

    /// <summary>A shard has stopped.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="cause">Why.</param>
    /// <param name="isNew">
    /// Whether it never did before. One that did says nothing about the others: else a few bad ones would keep them from being sent at each resume.
    /// </param>
    /// <returns>Whether nothing is sent from now on, for the next ones would meet the same.</returns>
    public bool Stop(ShardRow shard, BatchClientException cause, bool isNew)
    {
        bool wasToBeSent = (shard.State & ToBeSent) != 0;
        lock (_gate)
        {
            _shards[shard.Number] = (cause, wasToBeSent);
            if (!wasToBeSent || _nothingIsSent is not null || !(MeetsAll(cause) || (isNew && IsOneTooMany(cause))))
                return false;
            _nothingIsSent = cause;
            return true;
        }
    }

    /// <summary>A batch was created: what was refused before was so for its own sake.</summary>
    public void Sent()
    {
        lock (_gate)
            _alike = ("", 0);
    }

    /// <summary>The run is being cancelled: what could not be sent need not be, and can be given up.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (_isCancelling)
                return;

            _isCancelling = true;
            foreach (int shard in _shards.Where(stopped => stopped.Value.WasToBeSent).Select(stopped => stopped.Key).ToList())
                _shards.Remove(shard);
        }
    }

    /// <summary>What to tell whoever waits for the run.</summary>
    public BatchRunException ToException(RunRow run, RunCounts counts, IReadOnlyList<ShardRow> shards)
    {
        lock (_gate)
        {
            string causes = string.Join(" ", _shards.GroupBy(stopped => stopped.Value.Cause.Message, stopped => stopped.Key)
                .Select(alike => $"{Named([.. alike])}: {alike.Key}"));
            long unsent = shards.Count(shard => (shard.State & ToBeSent) != 0 && !_shards.ContainsKey(shard.Number));
            string rest = unsent > 0 ? $", and {unsent} more shards were not sent, for they would have met the same" : "";
            return new BatchRunException(
                $"Run '{run.Name}' has stopped before its end. {causes} {counts.Lines.Values.Sum()} of its {run.Input?.Lines ?? 0} lines have an outcome, "
                + $"which is safe here{rest}. Remove the cause and resume the run (ResumeAsync): what has stopped is tried again. "
                + "A shard that can never go on can be given up (AbandonAsync).",
                _shards.First().Value.Cause);
        }
    }

    /// <summary>Whether the key, the account or the gateway is to blame, and not the lines of one shard.</summary>
    private static bool MeetsAll(BatchClientException cause) => cause switch
    {
        BatchInputException => false,
        BatchApiException { IsRouteUnsupported: true } => true,
        BatchApiException api => api.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden
            or HttpStatusCode.TooManyRequests or HttpStatusCode.NotImplemented,
        _ => true,
    };

    private bool IsOneTooMany(BatchClientException cause)
    {
        string words = cause is BatchApiException { Error: var error } api
            ? $"{api.StatusCode} {error.Code} {error.Type} {error.Param}"
            : $"{cause.GetType().Name} {(cause as BatchInputException)?.Rule}";
        _alike = (words, _alike.Words == words ? _alike.Count + 1 : 1);
        return _alike.Count >= MostAlike;
    }

    private static string Named(IReadOnlyList<int> shards) =>
        shards.Count == 1 ? $"Shard {shards[0]}" : $"Shards {string.Join(", ", shards.Take(10))}{(shards.Count > 10 ? " and others" : "")}";
}
