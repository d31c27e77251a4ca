using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

internal sealed class SqliteStores : IStores
{
    private readonly TestFolder _folder = new();

    public string Path => _folder["runs.db"];

    public async Task<IRunStore> OpenAsync(TimeProvider clock) => await SqliteRunStore.OpenAsync(Path, clock);

    public async Task<IRunStore> ReopenAsync(IRunStore store, TimeProvider clock)
    {
        await store.DisposeAsync();
        return await OpenAsync(clock);
    }

    public void Dispose() => _folder.Dispose();
}
