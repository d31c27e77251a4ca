namespace BatchGateway.Emulator.Tests.Support;

internal static class Pool
{
    /// <summary>Gives work that is wrongly queued on the thread pool the chance to happen.</summary>
    public static async Task LetItWorkAsync()
    {
        for (int i = 0; i < 20; i++)
            await Task.Run(() => { });
    }
}
