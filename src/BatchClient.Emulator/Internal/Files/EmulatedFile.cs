namespace BatchGateway.Emulator.Internal;

/// <summary>A file that the gateway holds; its bytes are on disk.</summary>
internal sealed record EmulatedFile(
    string Id,
    string? Provider,
    string Filename,
    string Purpose,
    long Bytes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    string Path)
{
    public string ETag => $"\"{Id}\"";
}
