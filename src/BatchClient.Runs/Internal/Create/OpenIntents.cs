using System.Collections.Concurrent;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// For how long this process has known that intents are open, by its own measure. A wall clock that is set forward shortens no proof, and a process
/// that goes on with a run measures anew.
/// </summary>
internal sealed class OpenIntents(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _since = new();

    /// <summary>For how long; the first question begins it.</summary>
    public TimeSpan OpenFor(string token) => clock.GetElapsedTime(_since.GetOrAdd(token, _ => clock.GetTimestamp()));

    /// <summary>It is measured anew.</summary>
    public void Forget(string token) => _since.TryRemove(token, out _);
}
