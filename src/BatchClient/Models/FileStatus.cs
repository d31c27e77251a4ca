using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>What a gateway has done with an uploaded file. An open set; many gateways leave it out.</summary>
[JsonConverter(typeof(OpenStringConverter<FileStatus>))]
public readonly struct FileStatus : IEquatable<FileStatus>, IOpenString<FileStatus>
{
    private readonly string? _text;

    /// <summary>Makes a value from its wire text; any text is allowed.</summary>
    /// <param name="value">The text as it stands in the JSON. Null or empty is the same as <see langword="default"/>: unknown.</param>
    public FileStatus(string? value) => _text = value;

    /// <summary><c>uploaded</c></summary>
    public static FileStatus Uploaded => new("uploaded");

    /// <summary><c>pending</c>: some gateways (Azure) refuse a batch until the file is <see cref="Processed"/>.</summary>
    public static FileStatus Pending => new("pending");

    /// <summary><c>processed</c></summary>
    public static FileStatus Processed => new("processed");

    /// <summary><c>error</c>: <see cref="BatchFile.StatusDetails"/> says why.</summary>
    public static FileStatus Error => new("error");

    /// <summary>The wire text, exactly as it was received; empty when there was none.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public bool Equals(FileStatus other) => OpenText.Equal(_text, other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FileStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(_text);

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public static bool operator ==(FileStatus left, FileStatus right) => left.Equals(right);

    /// <summary>Unequal when the wire texts differ in more than case and underscores.</summary>
    public static bool operator !=(FileStatus left, FileStatus right) => !left.Equals(right);

    static FileStatus IOpenString<FileStatus>.FromWire(string? text) => new(text);
}
