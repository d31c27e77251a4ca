namespace BatchGateway.AotSmoke;

internal sealed record RawResponse(int StatusCode, Completion? Body);
