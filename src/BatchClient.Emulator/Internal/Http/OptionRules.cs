namespace BatchGateway.Emulator.Internal;

internal static class OptionRules
{
    public static void Require(EmulatorOptions options)
    {
        RequireKey(options.ApiKey, nameof(EmulatorOptions.ApiKey));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Port, nameof(EmulatorOptions.Port));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, ushort.MaxValue, nameof(EmulatorOptions.Port));
        RequirePath(NormalPath(options.ApiPath), nameof(options));
        if (options.UnsupportedStatus is not (404 or 405 or 501))
            throw new ArgumentException($"EmulatorOptions.UnsupportedStatus must be 404, 405 or 501, not {options.UnsupportedStatus}.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ListDelay, TimeSpan.Zero, nameof(EmulatorOptions.ListDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FilePendingFor ?? TimeSpan.Zero, TimeSpan.Zero, nameof(EmulatorOptions.FilePendingFor));
        if (options.MaxUploadBytes is { } most)
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(EmulatorOptions.MaxUploadBytes));
        ScriptRules.Require(options.Script);
    }

    /// <summary>A token that a client can send; the message does not tell it.</summary>
    public static void RequireKey(string apiKey, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(apiKey, name);
        if (!HeaderText.IsValid(apiKey) || apiKey.Trim().Length != apiKey.Length)
            throw new ArgumentException("The key must be printable ASCII without spaces around it, or no request could carry it.", name);
    }

    // Requests are matched with what they send, to the byte; a client sends a path as Uri writes it.
    private static void RequirePath(string path, string name)
    {
        if (new Uri($"http://127.0.0.1{path}/").AbsolutePath != $"{path}/")
            throw new ArgumentException(
                $"EmulatorOptions.ApiPath '{path}' is not a path as requests send it: no query, no dots, escaped where needed.", name);
    }

    /// <summary>An API path with one slash in front and none behind; empty stays empty.</summary>
    public static string NormalPath(string? path)
    {
        string trimmed = (path ?? "").Trim('/');
        return trimmed.Length == 0 ? "" : $"/{trimmed}";
    }
}
