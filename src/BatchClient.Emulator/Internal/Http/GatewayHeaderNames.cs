namespace BatchGateway.Emulator.Internal;

internal static class GatewayHeaderNames
{
    public const string Provider = "x-tfy-provider-name";
    public const string Metadata = "x-tfy-metadata";
    public const string ResolvedModel = "x-tfy-resolved-model";
    public const string IdempotencyKey = "Idempotency-Key";
}
