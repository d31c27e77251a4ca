namespace BatchGateway.Emulator.Internal;

internal static class OptionRules
{
    public static void Require(EmulatorOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.ApiKey);
        if (options.UnsupportedStatus is not (404 or 405 or 501))
            throw new ArgumentException($"EmulatorOptions.UnsupportedStatus must be 404, 405 or 501, not {options.UnsupportedStatus}.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ListDelay, TimeSpan.Zero, nameof(EmulatorOptions.ListDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FilePendingFor ?? TimeSpan.Zero, TimeSpan.Zero, nameof(EmulatorOptions.FilePendingFor));
        if (options.MaxUploadBytes is { } most)
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(EmulatorOptions.MaxUploadBytes));
        ScriptRules.Require(options.Script);
    }

    /// <summary>An API path with one slash in front and none behind; empty stays empty.</summary>
    public static string NormalPath(string? path)
    {
        string trimmed = (path ?? "").Trim('/');
        return trimmed.Length == 0 ? "" : $"/{trimmed}";
    }
}
