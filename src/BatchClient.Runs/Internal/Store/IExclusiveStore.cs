namespace BatchGateway.Runs.Internal;

/// <summary>
/// A store that one process has for itself, as the lock of a state folder grants it. A database that several workers share has none of this: there
/// nobody knows that all others are dead.
/// </summary>
internal interface IExclusiveStore : IRunStore
{
    /// <summary>
    /// Ends every lease, for nobody lives any more that holds one, and every pause whose end lies further ahead than <see cref="Rules.LongestPause"/>:
    /// the clock was set back since. What claims meant stays: an open intent may only be reconciled, and other pauses go on.
    /// </summary>
    Task ReleaseAllAsync(CancellationToken cancellationToken = default);
}
