namespace BatchGateway.Emulator.Internal;

/// <summary>Who may call: the key first, then the provider and what else the gateway wants in its headers.</summary>
internal sealed class Gatekeeper(string apiKey, string? requiredProvider)
{
    private volatile string _apiKey = apiKey;

    public string ApiKey
    {
        get => _apiKey;
        set => _apiKey = value;
    }

    public void Admit(Exchange exchange)
    {
        RequireKey(exchange);
        RequireProvider(exchange);
        GatewayMetadata.Require(exchange.Header(GatewayHeaderNames.Metadata));
    }

    public void RequireKey(Exchange exchange)
    {
        string? authorization = exchange.Header("Authorization");
        if (authorization is null || !authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(401, "You didn't provide an API key. Send it as 'Authorization: Bearer <key>'.", code: "invalid_api_key");
        if (authorization["Bearer ".Length..].Trim() != ApiKey)
            throw new RefusedException(401, "Incorrect API key provided.", code: "invalid_api_key");
    }

    private void RequireProvider(Exchange exchange)
    {
        if (requiredProvider is null || exchange.Provider == requiredProvider)
            return;
        string message = exchange.Provider is null
            ? $"Missing header: {GatewayHeaderNames.Provider}."
            : $"Unknown provider '{exchange.Provider}' in header {GatewayHeaderNames.Provider}.";
        throw new RefusedException(400, message, GatewayHeaderNames.Provider);
    }
}
