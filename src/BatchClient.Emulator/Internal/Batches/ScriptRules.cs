namespace BatchGateway.Emulator.Internal;

internal static class ScriptRules
{
    public static void Require(EmulatorScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        RequireNotNegative(script.ValidatingFor, nameof(EmulatorScript.ValidatingFor));
        RequireNotNegative(script.RunningFor, nameof(EmulatorScript.RunningFor));
        RequireNotNegative(script.FinalizingFor, nameof(EmulatorScript.FinalizingFor));
        RequireNotNegative(script.CancellingFor, nameof(EmulatorScript.CancellingFor));
    }

    private static void RequireNotNegative(TimeSpan value, string property)
    {
        if (value < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(property, value, $"EmulatorScript.{property} must not be negative.");
    }
}
