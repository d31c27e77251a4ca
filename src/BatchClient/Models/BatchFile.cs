using System.Globalization;
using System.Text.Json.Serialization;

namespace BatchGateway;

/// <summary>A file as the gateway describes it. Only <see cref="Id"/> is certain.</summary>
public sealed record BatchFile : GatewayModel
{
    /// <summary>The id of the file. Opaque: may be a URL, and may already be percent-encoded.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The kind of object, usually <c>file</c>.</summary>
    [JsonPropertyName("object")]
    public string? Object { get; init; }

    /// <summary>The length in bytes.</summary>
    [JsonPropertyName("bytes")]
    public long? Bytes { get; init; }

    /// <summary>When the file was made.</summary>
    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the gateway will delete the file.</summary>
    [JsonPropertyName("expires_at")]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The name given at upload. Some gateways leave it out.</summary>
    [JsonPropertyName("filename")]
    public string? Filename { get; init; }

    /// <summary>What the file is for.</summary>
    [JsonPropertyName("purpose")]
    public FilePurpose Purpose { get; init; }

    /// <summary>What the gateway has done with the file.</summary>
    [JsonPropertyName("status")]
    public FileStatus Status { get; init; }

    /// <summary>Why <see cref="Status"/> is what it is.</summary>
    [JsonPropertyName("status_details")]
    public string? StatusDetails { get; init; }

    /// <summary>The id, the name and the length.</summary>
    public override string ToString() => $"file '{Id}': {Filename ?? "without a name"}, {Bytes?.ToString(CultureInfo.InvariantCulture) ?? "?"} bytes";
}
