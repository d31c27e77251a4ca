namespace BatchGateway.Runs.Internal;

/// <summary>
/// A store that one process has for itself, as the lock of a state folder grants it. A database that several workers share has none of this: there
/// nobody knows that all others are dead.
/// </summary>
internal interface IExclusiveStore : IRunStore
{
    /// <summary>
    /// Ends every lease, for nobody lives any more that holds one. What claims meant stays: an open intent may only be reconciled, and a pause
    /// goes on.
    /// </summary>
    Task ReleaseAllAsync(CancellationToken cancellationToken = default);
}
