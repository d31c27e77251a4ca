using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>What the tests of the contract have in common: each runs on a new store of either kind.</summary>
public abstract class StoreTests<TStores>
    where TStores : new()
{
    private IStores _stores = null!;

    private protected IRunStore Store { get; private set; } = null!;

    private protected EmulatorClock Clock { get; private set; } = null!;

    [SetUp]
    public async Task OpenStore()
    {
        Clock = EmulatorClock.Manual();
        _stores = (IStores)(object)new TStores();
        Store = await _stores.OpenAsync(Clock);
    }

    [TearDown]
    public async Task CloseStore()
    {
        await Store.DisposeAsync();
        _stores.Dispose();
    }

    private protected async Task RestartAsync() => Store = await _stores.ReopenAsync(Store, Clock);
}
