namespace BatchGateway.AotSmoke;

internal sealed record RawBatch(string Id, string Status, string? OutputFileId);
