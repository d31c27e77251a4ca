using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>One request of a batch: a custom id to find its answer by, the API path, and the body.</summary>
public sealed class BatchRequestLine
{
    private readonly Action<Utf8JsonWriter> _writeBody;

    private BatchRequestLine(string customId, BatchEndpoint endpoint, Action<Utf8JsonWriter> writeBody)
    {
        ArgumentNullException.ThrowIfNull(customId);
        CustomId = customId;
        Endpoint = endpoint;
        _writeBody = writeBody;
    }

    /// <summary>The id by which the answer is found; unique in its batch.</summary>
    public string CustomId { get; }

    /// <summary>The API path, the same for all lines of a batch. <see langword="default"/> leaves it out, as Vertex AI allows.</summary>
    public BatchEndpoint Endpoint { get; }

    /// <summary>A chat completion with one user message.</summary>
    /// <param name="customId">The id by which the answer is found.</param>
    /// <param name="model">The model; virtual models are refused in batches.</param>
    /// <param name="user">The user's message.</param>
    /// <param name="system">The system's message; null for none.</param>
    public static BatchRequestLine Chat(string customId, string model, string user, string? system = null) =>
        Chat(customId, new ChatRequest
        {
            Model = model,
            Messages = system is null ? [ChatMessage.User(user)] : [ChatMessage.System(system), ChatMessage.User(user)],
        });

    /// <summary>
    /// A chat completion whose answer is JSON of the caller's type: structured output, in strict mode. The schema is made of the type's own
    /// JSON names, of what may be null, and of its <see cref="System.ComponentModel.DescriptionAttribute"/>s, which the model reads.
    /// </summary>
    /// <typeparam name="T">
    /// The type of the answer: an object. Strict mode has no dictionaries, no members of any type and no derived types.
    /// </typeparam>
    /// <param name="customId">The id by which the answer is found.</param>
    /// <param name="model">The model; virtual models are refused in batches.</param>
    /// <param name="user">The user's message.</param>
    /// <param name="answer">How the answer will be read, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> of the
    /// caller's; the same goes to <c>ReadOutcomesAsync</c>.</param>
    /// <param name="system">The system's message; null for none.</param>
    /// <exception cref="ArgumentException">Strict mode cannot describe the type; the message says which member, and what to do.</exception>
    public static BatchRequestLine Chat<T>(string customId, string model, string user, JsonTypeInfo<T> answer, string? system = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Chat(customId, new ChatRequest
        {
            Model = model,
            Messages = system is null ? [ChatMessage.User(user)] : [ChatMessage.System(system), ChatMessage.User(user)],
            ResponseFormat = AnswerSchema.FormatOf(answer),
        });
    }

    /// <summary>A chat completion.</summary>
    /// <param name="customId">The id by which the answer is found.</param>
    /// <param name="body">The request.</param>
    public static BatchRequestLine Chat(string customId, ChatRequest body) =>
        Create(customId, BatchEndpoint.ChatCompletions, body, BatchJsonContext.Default.ChatRequest);

    /// <summary>A request to the responses API.</summary>
    /// <param name="customId">The id by which the answer is found.</param>
    /// <param name="body">The request.</param>
    public static BatchRequestLine Responses(string customId, ResponsesRequest body) =>
        Create(customId, BatchEndpoint.Responses, body, BatchJsonContext.Default.ResponsesRequest);

    /// <summary>A request for embeddings.</summary>
    /// <param name="customId">The id by which the answer is found.</param>
    /// <param name="body">The request.</param>
    public static BatchRequestLine Embeddings(string customId, EmbeddingsRequest body) =>
        Create(customId, BatchEndpoint.Embeddings, body, BatchJsonContext.Default.EmbeddingsRequest);

    /// <summary>Any request, with a body of the caller's own type.</summary>
    /// <typeparam name="T">The type of the body.</typeparam>
    /// <param name="customId">The id by which the answer is found.</param>
    /// <param name="endpoint">The API path.</param>
    /// <param name="body">The body. It is serialised when the line is written, and must not change until then.</param>
    /// <param name="bodyType">How to serialise it, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> of the
    /// caller's.</param>
    public static BatchRequestLine Create<T>(string customId, BatchEndpoint endpoint, T body, JsonTypeInfo<T> bodyType)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(bodyType);
        return new BatchRequestLine(customId, endpoint, writer => JsonSerializer.Serialize(writer, body, bodyType));
    }

    /// <summary>Any request, with a body that is JSON already.</summary>
    /// <param name="customId">The id by which the answer is found.</param>
    /// <param name="endpoint">The API path.</param>
    /// <param name="body">The body: a JSON object.</param>
    public static BatchRequestLine Create(string customId, BatchEndpoint endpoint, JsonElement body) =>
        new(customId, endpoint, body.WriteTo);

    /// <summary>Writes the line as one JSON object, without a line feed.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("custom_id"u8, CustomId);
        if (Endpoint != default)
        {
            writer.WriteString("method"u8, "POST"u8);
            writer.WriteString("url"u8, Endpoint.ToString());
        }

        writer.WritePropertyName("body"u8);
        _writeBody(writer);
        writer.WriteEndObject();
    }
}
