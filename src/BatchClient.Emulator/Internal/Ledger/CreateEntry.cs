namespace BatchGateway.Emulator.Internal;

internal sealed record CreateEntry(string BatchId, string InputFileId, string? IdempotencyKey, string? Intent);
