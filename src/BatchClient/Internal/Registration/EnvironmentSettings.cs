namespace BatchGateway.Internal.Registration;

/// <summary>Settings from <c>BATCHCLIENT_*</c>, for options that name no control plane of their own.</summary>
internal static class EnvironmentSettings
{
    private const string Prefix = "BATCHCLIENT_";

    /// <summary>
    /// All or nothing: a key from the environment must never go to an address from elsewhere, such as a file in the working folder.
    /// </summary>
    public static void Fill(BatchGatewayOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.ControlPlaneUrl) || Read("CONTROL_PLANE_URL") is not { } url)
            return;

        options.ControlPlaneUrl = url;
        options.ApiPath = Read("API_PATH") ?? options.ApiPath;
        options.Provider ??= Read("PROVIDER");
        if (options is { ApiKey: null, ApiKeyFile: null, TokenProvider: null } && Read("API_KEY") is { } key)
        {
            options.ApiKey = key;
            options.EnvironmentKey = (url, key);
        }
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } value ? value : null;
}
