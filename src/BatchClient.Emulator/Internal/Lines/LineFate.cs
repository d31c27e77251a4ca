namespace BatchGateway.Emulator.Internal;

internal enum LineFate
{
    Answered,
    Unanswered,
    NotRun,
    Raw,
    Vanished,
    VanishedUnbilled,
}
