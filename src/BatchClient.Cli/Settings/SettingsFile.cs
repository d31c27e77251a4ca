using System.Text.Json;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Settings;

/// <summary>What stands in the user's configuration folder. Its members are named as those of <see cref="BatchGatewayOptions"/>.</summary>
internal sealed record SettingsFile
{
    public string? ControlPlaneUrl { get; init; }

    public string? ApiPath { get; init; }

    public string? ApiKey { get; init; }

    public string? ApiKeyFile { get; init; }

    public string? Provider { get; init; }

    public bool AllowInsecureHttp { get; init; }

    /// <summary>Null when the file names none: the generated reader does not keep a default of an init-only member.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary><c>batchclient/settings.json</c> in the user's configuration folder.</summary>
    public static string Path => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), Tool.Name, "settings.json");

    /// <summary>What it says; nothing when there is none.</summary>
    /// <exception cref="ReportedException">It cannot be read.</exception>
    public static SettingsFile Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize(File.ReadAllBytes(Path), SettingsJson.Default.SettingsFile) ?? new() : new();
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            // What the parser says may quote the file, and the file may hold the key.
            string where = problem is JsonException { LineNumber: { } line } json ? $"line {line + 1}, member '{json.Path}', is not as it should be" : problem.Message;
            throw ReportedException.Usage($"The settings file {Path} cannot be read: {where}.", "Correct it, or remove it.");
        }
    }
}
