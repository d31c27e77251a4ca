namespace BatchGateway.Emulator.Internal;

/// <summary>
/// Keeps an auto-advancing clock where it is while the emulator is busy: neither its work nor the transfer of bytes takes emulated time,
/// and so nobody's time limit runs out because somebody else waits.
/// </summary>
/// <remarks>
/// A hold over an exchange with a client lapses, for good, when nothing moves for half a second: that client may itself wait for the clock.
/// </remarks>
internal sealed class ClockHold(EmulatorClock clock, bool canLapse) : IDisposable
{
    public static readonly TimeSpan LapsesAfter = TimeSpan.FromMilliseconds(500);

    private long _renewedAt = Environment.TickCount64;
    private bool _hasLapsed;

    /// <summary>Whether the clock must still wait for this.</summary>
    public bool IsValid
    {
        get
        {
            _hasLapsed |= canLapse && Environment.TickCount64 - Volatile.Read(ref _renewedAt) >= LapsesAfter.TotalMilliseconds;
            return !_hasLapsed;
        }
    }

    /// <summary>Says that something moved.</summary>
    public void Renew() => Volatile.Write(ref _renewedAt, Environment.TickCount64);

    public void Dispose() => clock.Release(this);
}
