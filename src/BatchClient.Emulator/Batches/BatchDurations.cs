namespace BatchGateway.Emulator.Internal;

internal sealed record BatchDurations(TimeSpan Validating, TimeSpan Running, TimeSpan Finalizing, TimeSpan Cancelling)
{
    /// <summary>A batch's completion window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public static BatchDurations From(EmulatorOptions options) =>
        new(options.ValidatingFor, options.RunningFor, options.FinalizingFor, options.CancellingFor);
}
