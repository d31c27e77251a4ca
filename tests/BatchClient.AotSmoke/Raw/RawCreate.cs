namespace BatchGateway.AotSmoke;

internal sealed record RawCreate(string InputFileId, string Endpoint, string CompletionWindow);
