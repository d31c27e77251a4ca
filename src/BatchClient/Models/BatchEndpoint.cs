using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>The API path that every line of a batch is sent to, such as <c>/v1/chat/completions</c>. An open set.</summary>
[JsonConverter(typeof(OpenStringConverter<BatchEndpoint>))]
public readonly struct BatchEndpoint : IEquatable<BatchEndpoint>, IOpenString<BatchEndpoint>
{
    private readonly string? _text;

    /// <summary>Makes a value from its wire text; any text is allowed.</summary>
    /// <param name="value">The text as it stands in the JSON. Null or empty is the same as <see langword="default"/>: unknown.</param>
    public BatchEndpoint(string? value) => _text = value;

    /// <summary><c>/v1/chat/completions</c></summary>
    public static BatchEndpoint ChatCompletions => new("/v1/chat/completions");

    /// <summary><c>/v1/responses</c></summary>
    public static BatchEndpoint Responses => new("/v1/responses");

    /// <summary><c>/v1/embeddings</c></summary>
    public static BatchEndpoint Embeddings => new("/v1/embeddings");

    /// <summary><c>/v1/completions</c></summary>
    public static BatchEndpoint Completions => new("/v1/completions");

    /// <summary><c>/v1/moderations</c></summary>
    public static BatchEndpoint Moderations => new("/v1/moderations");

    /// <summary>The wire text, exactly as it was received; empty when there was none.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public bool Equals(BatchEndpoint other) => OpenText.Equal(_text, other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BatchEndpoint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(_text);

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public static bool operator ==(BatchEndpoint left, BatchEndpoint right) => left.Equals(right);

    /// <summary>Unequal when the wire texts differ in more than case and underscores.</summary>
    public static bool operator !=(BatchEndpoint left, BatchEndpoint right) => !left.Equals(right);

    static BatchEndpoint IOpenString<BatchEndpoint>.FromWire(string? text) => new(text);
}
