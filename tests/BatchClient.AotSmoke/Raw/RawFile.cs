namespace BatchGateway.AotSmoke;

internal sealed record RawFile(string Id);
