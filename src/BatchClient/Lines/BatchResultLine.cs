using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway;

/// <summary>One line of an output or error file, whatever shape it came in. Its body stays UTF-8 until it is asked for.</summary>
public sealed record BatchResultLine
{
    // Two integers take as much as one that may be null, and a million lines may be in memory.
    private const int NoStatus = int.MinValue;

    private readonly ReadOnlyMemory<byte> _raw;
    private readonly int _statusCode = NoStatus;
    private readonly string? _requestId;

    /// <summary>The id that the request line had; null when the result has none.</summary>
    public string? CustomId { get; init; }

    /// <summary>
    /// What became of the line. The body of a succeeded one was not looked into: it may turn out to be no JSON when it is asked for.
    /// </summary>
    public required BatchOutcomeKind Kind { get; init; }

    /// <summary>The HTTP status of the line's own request; null when it never ran, or the result does not say.</summary>
    public int? StatusCode
    {
        get => _statusCode == NoStatus ? null : _statusCode;
        init => _statusCode = value ?? NoStatus;
    }

    /// <summary>The provider's id of the line's own request.</summary>
    public string? RequestId
    {
        // Not kept: a record must not change its equality because somebody looked at it.
        get => _requestId ?? RequestIdSlice.TextIn(Raw.Span);
        init => (_requestId, RequestIdSlice) = (value, default);
    }

    /// <summary>Why the line did not succeed, from wherever in the line it stands; null when it did.</summary>
    public BatchError? Error { get; init; }

    /// <summary>
    /// The body of the answer in UTF-8, as it stands in the line; empty when there is none. It should be JSON, and was not checked.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The whole line as it stands in the file, without its line feed; of one over 64 MiB its first 4 KiB.</summary>
    public ReadOnlyMemory<byte> Raw
    {
        get => _raw;
        init
        {
            // A copy with other bytes keeps the id that stood in these.
            if (RequestIdSlice.IsThere)
                (_requestId, RequestIdSlice) = (RequestId, default);
            _raw = value;
        }
    }

    /// <summary>The number of the line in its file, counted from 1, blank lines included.</summary>
    public long LineNumber { get; init; }

    /// <summary>Where the line begins in its file, in bytes.</summary>
    public long Offset { get; init; }

    /// <summary>Where the request id stands in <see cref="Raw"/>; hardly anybody asks for it, so it is read when somebody does.</summary>
    internal JsonSlice RequestIdSlice { get; init; }

    /// <summary>
    /// The text of the answer: of the first choice of a chat completion, or of the output of the responses API. Null when there is no such
    /// text.
    /// </summary>
    public string? ChatText => AnswerText.Of(Body);

    /// <summary>The body as a chat completion; null when there is none.</summary>
    /// <exception cref="JsonException">The body is no chat completion.</exception>
    public ChatAnswer? ReadChat() => ChatAnswerReader.Read(Body);

    /// <summary>The body as an answer of the responses API; null when there is none.</summary>
    /// <exception cref="JsonException">The body is no such answer.</exception>
    public ResponsesAnswer? ReadResponse() => ReadModel(BatchJsonContext.Default.ResponsesAnswer);

    /// <summary>The body as embeddings; null when there is none.</summary>
    /// <exception cref="JsonException">The body is no such answer.</exception>
    public EmbeddingsAnswer? ReadEmbeddings() => ReadModel(BatchJsonContext.Default.EmbeddingsAnswer);

    /// <summary>The body as the caller's own type; <see langword="default"/> when there is none.</summary>
    /// <typeparam name="T">The type to read.</typeparam>
    /// <param name="bodyType">How to read it, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> of the
    /// caller's.</param>
    /// <exception cref="JsonException">The body does not fit the type.</exception>
    public T? ReadBody<T>(JsonTypeInfo<T> bodyType)
    {
        ArgumentNullException.ThrowIfNull(bodyType);
        return Body.IsEmpty ? default : JsonSerializer.Deserialize(Body.Span, bodyType);
    }

    private T? ReadModel<T>(JsonTypeInfo<T> type) where T : GatewayModel
    {
        T? model = ReadBody(type);
        if (model is not null)
            model.RawJson = Body;
        return model;
    }
}
