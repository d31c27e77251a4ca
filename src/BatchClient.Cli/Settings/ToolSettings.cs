using System.CommandLine;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Settings;

/// <summary>Where the gateway is and how to sign in: from flags, then the environment, then the user's settings file.</summary>
internal sealed record ToolSettings
{
    private static readonly Dictionary<string, string> Nothing = [];

    public string? ControlPlaneUrl { get; private init; }

    public string? ApiPath { get; private init; }

    public string? ApiKey { get; private init; }

    public string? ApiKeyFile { get; private init; }

    public string? Provider { get; private init; }

    public bool AllowInsecureHttp { get; private init; }

    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    public TimeSpan? RequestTimeout { get; private init; }

    /// <exception cref="ReportedException">The settings file cannot be read.</exception>
    public static ToolSettings Read(ParseResult flags)
    {
        SettingsFile file = SettingsFile.Read();
        string? url = flags.GetValue(GlobalOptions.ControlPlaneUrl) ?? Variable("CONTROL_PLANE_URL");
        string? key = Variable("API_KEY");

        // A key that stands in the file belongs to the address beside it, and goes to no other.
        bool isAtHome = url is null || url == file.ControlPlaneUrl;
        return new()
        {
            ControlPlaneUrl = url ?? file.ControlPlaneUrl,
            ApiPath = flags.GetValue(GlobalOptions.ApiPath) ?? Variable("API_PATH") ?? file.ApiPath,
            ApiKey = key ?? (isAtHome ? file.ApiKey : null),
            ApiKeyFile = key is null && isAtHome ? file.ApiKeyFile : null,
            Provider = flags.GetValue(GlobalOptions.Provider) ?? Variable("PROVIDER") ?? file.Provider,
            AllowInsecureHttp = file.AllowInsecureHttp && isAtHome,
            Headers = Merge(isAtHome ? file.Headers : null, flags.GetValue(GlobalOptions.Headers)),
            RequestTimeout = flags.GetValue(GlobalOptions.RequestTimeout),
        };
    }

    /// <exception cref="ReportedException">No gateway or no key is named.</exception>
    public void ApplyTo(BatchGatewayOptions options)
    {
        if (string.IsNullOrWhiteSpace(ControlPlaneUrl))
            throw Missing("No gateway is named.", $"Set BATCHCLIENT_CONTROL_PLANE_URL and BATCHCLIENT_API_KEY, or write them to {SettingsFile.Path} as controlPlaneUrl and apiKey.");
        if ((ApiKey ?? ApiKeyFile) is null)
            throw Missing("There is no key for the gateway.", "Set BATCHCLIENT_API_KEY. A key in the settings file goes only to the address beside it, and no flag takes one.");

        options.ControlPlaneUrl = ControlPlaneUrl;
        options.ApiPath = ApiPath ?? options.ApiPath;
        options.ApiKey = ApiKey;
        options.ApiKeyFile = ApiKeyFile;
        options.Provider = Provider;
        options.AllowInsecureHttp = AllowInsecureHttp;
        ApplyTimeoutTo(options);
        foreach ((string name, string value) in Headers)
            options.Headers[name] = value;
    }

    /// <summary>One limit for whatever a request waits for. A transfer may take longer than this, as long as it moves.</summary>
    private void ApplyTimeoutTo(BatchGatewayOptions options)
    {
        if (RequestTimeout is not { } limit)
            return;

        options.ControlTimeout = limit;
        options.TransferIdleTimeout = limit;
        options.ConnectTimeout = limit < options.ConnectTimeout ? limit : options.ConnectTimeout;
    }

    private static ReportedException Missing(string message, string next) => new(new ErrorReport("settings", message, "Nothing was sent.", next, ExitCode.Usage));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable("BATCHCLIENT_" + name) is { Length: > 0 } value ? value : null;

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string>? below, IReadOnlyDictionary<string, string>? above)
    {
        Dictionary<string, string> merged = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in (below ?? Nothing).Concat(above ?? Nothing))
            merged[name] = value;
        return merged;
    }
}
