namespace BatchGateway.Emulator.Internal;

internal readonly struct ClockHold(EmulatorClock clock) : IDisposable
{
    public void Dispose() => clock.Release();
}
