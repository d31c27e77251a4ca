using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>
/// Where a batch stands. An open set: a word that nobody knows yet is kept as it is and has the <see cref="Kind"/>
/// <see cref="BatchStatusKind.Unknown"/>. Synonyms of other providers (<c>queued</c>, <c>ended</c>, <c>stopped</c>) meet in
/// <see cref="Kind"/>, never in <c>==</c>.
/// </summary>
[JsonConverter(typeof(OpenStringConverter<BatchStatus>))]
public readonly struct BatchStatus : IEquatable<BatchStatus>, IOpenString<BatchStatus>
{
    private readonly string? _text;

    /// <summary>Makes a value from its wire text; any text is allowed.</summary>
    /// <param name="value">The text as it stands in the JSON. Null or empty is the same as <see langword="default"/>: unknown.</param>
    public BatchStatus(string? value) => _text = value;

    /// <summary>The input file is being checked.</summary>
    public static BatchStatus Validating => new("validating");

    /// <summary>The input file was refused; <see cref="Batch.Errors"/> says why. Terminal.</summary>
    public static BatchStatus Failed => new("failed");

    /// <summary>Lines are being worked on.</summary>
    public static BatchStatus InProgress => new("in_progress");

    /// <summary>All lines are done and the result files are being written.</summary>
    public static BatchStatus Finalizing => new("finalizing");

    /// <summary>Done; single lines may still have failed. Terminal.</summary>
    public static BatchStatus Completed => new("completed");

    /// <summary>The completion window ended first; what was done by then is in the output file. Terminal.</summary>
    public static BatchStatus Expired => new("expired");

    /// <summary>A cancellation was asked for; takes ten minutes and more, and still yields results.</summary>
    public static BatchStatus Cancelling => new("cancelling");

    /// <summary>Cancelled; what was done by then is in the output file. Terminal.</summary>
    public static BatchStatus Cancelled => new("cancelled");

    /// <summary>What the word means, across providers.</summary>
    public BatchStatusKind Kind => BatchStatusWords.KindOf(_text);

    /// <summary>
    /// True when the word is known and means that nothing will change any more. An unknown word is not terminal by itself:
    /// <see cref="Batch.IsTerminal"/> also looks at the times of the batch.
    /// </summary>
    public bool IsTerminal => Kind is BatchStatusKind.Completed or BatchStatusKind.Failed or BatchStatusKind.Expired or BatchStatusKind.Cancelled;

    /// <summary>The wire text, exactly as it was received; empty when there was none.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public bool Equals(BatchStatus other) => OpenText.Equal(_text, other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BatchStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(_text);

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public static bool operator ==(BatchStatus left, BatchStatus right) => left.Equals(right);

    /// <summary>Unequal when the wire texts differ in more than case and underscores.</summary>
    public static bool operator !=(BatchStatus left, BatchStatus right) => !left.Equals(right);

    static BatchStatus IOpenString<BatchStatus>.FromWire(string? text) => new(text);
}
