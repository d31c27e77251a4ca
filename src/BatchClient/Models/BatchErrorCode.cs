using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>The code word of an error, as the server gave it; numbers are kept as text. An open set.</summary>
[JsonConverter(typeof(OpenStringConverter<BatchErrorCode>))]
public readonly struct BatchErrorCode : IEquatable<BatchErrorCode>, IOpenString<BatchErrorCode>
{
    private readonly string? _text;

    /// <summary>Makes a value from its wire text; any text is allowed.</summary>
    /// <param name="value">The text as it stands in the JSON. Null or empty is the same as <see langword="default"/>: unknown.</param>
    public BatchErrorCode(string? value) => _text = value;

    /// <summary>A line of the input file is not a JSON object.</summary>
    public static BatchErrorCode InvalidJsonLine => new("invalid_json_line");

    /// <summary>Two lines of the input file have the same custom id.</summary>
    public static BatchErrorCode DuplicateCustomId => new("duplicate_custom_id");

    /// <summary>Lines of one file name different models.</summary>
    public static BatchErrorCode MismatchedModel => new("mismatched_model");

    /// <summary>A line has another <c>url</c> than the batch has an endpoint.</summary>
    public static BatchErrorCode UrlMismatch => new("url_mismatch");

    /// <summary>A line has a <c>url</c> that cannot be run in a batch.</summary>
    public static BatchErrorCode InvalidUrl => new("invalid_url");

    /// <summary>A required member is missing.</summary>
    public static BatchErrorCode MissingRequiredParameter => new("missing_required_parameter");

    /// <summary>The input has no line.</summary>
    public static BatchErrorCode EmptyFile => new("empty_file");

    /// <summary>No such model, or none that may be used in a batch.</summary>
    public static BatchErrorCode ModelNotFound => new("model_not_found");

    /// <summary>Too many tokens are waiting at the provider; worth another try later with the same file.</summary>
    public static BatchErrorCode TokenLimitExceeded => new("token_limit_exceeded");

    /// <summary>There are more lines, or more texts to embed, than a batch may have.</summary>
    public static BatchErrorCode TooManyTasks => new("too_many_tasks");

    /// <summary>There are fewer lines than a batch needs.</summary>
    public static BatchErrorCode TooFewTasks => new("too_few_tasks");

    /// <summary>The input file, or a line of it, has more bytes than it may have.</summary>
    public static BatchErrorCode FileTooLarge => new("file_too_large");

    /// <summary>A text, such as a custom id, is longer than it may be.</summary>
    public static BatchErrorCode TextTooLong => new("string_above_max_length");

    /// <summary>A member has a value that is not allowed, such as <c>stream: true</c> in a batch.</summary>
    public static BatchErrorCode InvalidValue => new("invalid_value");

    /// <summary>The line never ran: the batch expired first.</summary>
    public static BatchErrorCode BatchExpired => new("batch_expired");

    /// <summary>The line never ran: the batch was cancelled first.</summary>
    public static BatchErrorCode BatchCancelled => new("batch_cancelled");

    /// <summary>The line ran into the provider's own time limit.</summary>
    public static BatchErrorCode RequestTimeout => new("request_timeout");

    /// <summary>The wire text, exactly as it was received; empty when there was none.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public bool Equals(BatchErrorCode other) => OpenText.Equal(_text, other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BatchErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(_text);

    /// <summary>Equal when the wire texts differ at most in case and underscores.</summary>
    public static bool operator ==(BatchErrorCode left, BatchErrorCode right) => left.Equals(right);

    /// <summary>Unequal when the wire texts differ in more than case and underscores.</summary>
    public static bool operator !=(BatchErrorCode left, BatchErrorCode right) => !left.Equals(right);

    static BatchErrorCode IOpenString<BatchErrorCode>.FromWire(string? text) => new(text);
}
