using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Engine;

internal sealed class BudgetRoomTests
{
    [Test]
    public void Full_NothingFreed_IsFullForAMinute()
    {
        EmulatorClock clock = EmulatorClock.Manual();
        BudgetRoom room = new(clock);

        room.Full(room.Freed);

        Assert.That(room.FullUntil, Is.EqualTo(clock.GetUtcNow().AddMinutes(1)));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(room.FullUntil, Is.Null);
    }

    [Test]
    public void Free_WasFull_HasRoom()
    {
        BudgetRoom room = new(EmulatorClock.Manual());
        room.Full(room.Freed);

        room.Free();

        Assert.That(room.FullUntil, Is.Null);
    }

    [Test]
    public void Full_FreedSinceItWasAsked_HasRoom()
    {
        BudgetRoom room = new(EmulatorClock.Manual());
        int before = room.Freed;
        room.Free();

        room.Full(before);

        Assert.That(room.FullUntil, Is.Null);
    }
}
