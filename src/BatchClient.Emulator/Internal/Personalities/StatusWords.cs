namespace BatchGateway.Emulator.Internal;

/// <summary>The ways to write a state.</summary>
internal static class StatusWords
{
    /// <summary>Such as <c>in_progress</c>.</summary>
    public static string Small(BatchState state) => state switch
    {
        BatchState.InProgress => "in_progress",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>Such as <c>InProgress</c>.</summary>
    public static string Capitalised(BatchState state) => state.ToString();
}
