using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>A kind of store that the contract is tested on.</summary>
internal interface IStores : IDisposable
{
    Task<IRunStore> OpenAsync(TimeProvider clock);

    /// <summary>The same store after a restart, as far as the kind can be restarted.</summary>
    Task<IRunStore> ReopenAsync(IRunStore store, TimeProvider clock);
}
