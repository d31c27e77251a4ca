using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

internal sealed class MemoryStores : IStores
{
    public Task<IRunStore> OpenAsync(TimeProvider clock) => Task.FromResult<IRunStore>(new MemoryRunStore(clock));

    public Task<IRunStore> ReopenAsync(IRunStore store, TimeProvider clock) => Task.FromResult(store);

    public void Dispose()
    {
    }
}
