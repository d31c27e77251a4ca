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
    /// <summary>How often its content has changed.</summary>
    public int Version { get; init; }

    public DateTimeOffset ModifiedAt { get; init; } = CreatedAt;

    /// <summary>Whether <c>If-Range</c> is looked at.</summary>
    public bool ChecksIfRange { get; init; } = true;

    public string ETag => Version == 0 ? $"\"{Id}\"" : $"\"{Id}-{Version}\"";
}
