namespace BatchGateway.Emulator.Internal;

internal sealed record SignedFile(string FileId, string? Provider, DateTimeOffset ExpiresAt);
