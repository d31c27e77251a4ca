namespace BatchGateway.Emulator.Internal;

internal static class ScriptRules
{
    /// <summary>A batch's times must stay times that a calendar has, however many of these are added up.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365_000);

    public static void Require(EmulatorScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        RequireDuration(script.ValidatingFor, nameof(EmulatorScript.ValidatingFor));
        RequireDuration(script.RunningFor, nameof(EmulatorScript.RunningFor));
        RequireDuration(script.FinalizingFor, nameof(EmulatorScript.FinalizingFor));
        RequireDuration(script.CancellingFor, nameof(EmulatorScript.CancellingFor));
        RequireDuration(script.ExpiresLateBy, nameof(EmulatorScript.ExpiresLateBy));
        RequireDuration(script.FileIdsAfter, nameof(EmulatorScript.FileIdsAfter));
        Require(
            script.ExpiresAfter > TimeSpan.Zero && script.ExpiresAfter <= Longest,
            nameof(EmulatorScript.ExpiresAfter),
            script.ExpiresAfter,
            $"must be more than zero, and at most {Longest.Days} days");
        Require(
            script.ShuffleWindow >= 1,
            nameof(EmulatorScript.ShuffleWindow),
            script.ShuffleWindow,
            "must be at least 1, which keeps the input's order");
    }

    private static void RequireDuration(TimeSpan value, string property) =>
        Require(value >= TimeSpan.Zero && value <= Longest, property, value, $"must not be negative, nor more than {Longest.Days} days");

    private static void Require(bool isAllowed, string property, object value, string what)
    {
        if (!isAllowed)
            throw new ArgumentOutOfRangeException(property, value, $"EmulatorScript.{property} {what}.");
    }
}
