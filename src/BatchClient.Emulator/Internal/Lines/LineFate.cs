namespace BatchGateway.Emulator.Internal;

internal enum LineFate
{
    Answered,
    Unanswered,
    Vanished,
}
