using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>What a file is for. An open set.</summary>
[JsonConverter(typeof(OpenStringConverter<FilePurpose>))]
public readonly struct FilePurpose : IEquatable<FilePurpose>, IOpenString<FilePurpose>
{
    private readonly string? _text;

    /// <summary>Makes a value from its wire text; any text is allowed.</summary>
    /// <param name="value">The text as it stands in the JSON. Null or empty is the same as <see langword="default"/>: unknown.</param>
    public FilePurpose(string? value) => _text = value;

    /// <summary><c>batch</c>: the input of a batch.</summary>
    public static FilePurpose Batch => new("batch");

    /// <summary><c>batch_output</c>: an output or error file that a batch wrote.</summary>
    public static FilePurpose BatchOutput => new("batch_output");

    /// <summary>The wire text, exactly as it was received; empty when there was none.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public bool Equals(FilePurpose other) => OpenText.Equal(_text, other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FilePurpose other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(_text);

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public static bool operator ==(FilePurpose left, FilePurpose right) => left.Equals(right);

    /// <summary>Unequal when the wire texts differ in more than case and underscores.</summary>
    public static bool operator !=(FilePurpose left, FilePurpose right) => !left.Equals(right);

    static FilePurpose IOpenString<FilePurpose>.FromWire(string? text) => new(text);
}
