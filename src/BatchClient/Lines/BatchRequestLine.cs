using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway;

/// <summary>One request of a batch: a custom id to find its answer by, the API path, and the body.</summary>
public sealed class BatchRequestLine
{
    private readonly Action<Utf8JsonWriter>? _writeBody;

    private BatchRequestLine(string? customId, BatchEndpoint endpoint, Action<Utf8JsonWriter>? writeBody)
    {
        CustomId = customId;
        Endpoint = endpoint;
        _writeBody = writeBody;
    }

    /// <summary>
    /// The id by which the answer is found; unique in its batch. Null for a line that is given one by its number when it is written:
    /// <c>request-1</c> for the first. Null also for JSON (<see cref="FromJson"/>) without one, which is refused then.
    /// </summary>
    public string? CustomId { get; }

    /// <summary>The API path, the same for all lines of a batch. <see langword="default"/> leaves it out, as Vertex AI allows.</summary>
    public BatchEndpoint Endpoint { get; }

    /// <summary>A body that can be written without an object in between; null for any other.</summary>
    internal PlainChat? Plain { get; private init; }

    /// <summary>The whole line, when it is JSON already; null when it is not.</summary>
    internal ReadOnlyMemory<byte>? Json { get; private init; }

    /// <summary>A chat completion with one user message.</summary>
    /// <param name="customId">The id by which the answer is found; null to number the lines.</param>
    /// <param name="model">The model; virtual models are refused in batches.</param>
    /// <param name="user">The user's message.</param>
    /// <param name="system">The system's message; null for none.</param>
    /// <example>
    /// <code>
    /// BatchRequestLine request = BatchRequestLine.Chat("q-1", "gpt-4o-mini", "Why is the sky blue?", system: "Answer in one sentence.");
    /// </code>
    /// </example>
    public static BatchRequestLine Chat(string? customId, string model, string user, string? system = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(user);
        return new BatchRequestLine(customId, BatchEndpoint.ChatCompletions, null) { Plain = new PlainChat(model, system, user) };
    }

    /// <summary>
    /// A chat completion whose answer is JSON of the caller's type: structured output, in strict mode. The schema is made of the type's own
    /// JSON names, of what may be null, and of its <see cref="System.ComponentModel.DescriptionAttribute"/>s, which the model reads.
    /// </summary>
    /// <typeparam name="T">
    /// The type of the answer: an object. Strict mode has no dictionaries, no members of any type and no derived types.
    /// </typeparam>
    /// <param name="customId">The id by which the answer is found; null to number the lines.</param>
    /// <param name="model">The model; virtual models are refused in batches.</param>
    /// <param name="user">The user's message.</param>
    /// <param name="answer">How the answer will be read, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> of the
    /// caller's; the same goes to <c>ReadOutcomesAsync</c>.</param>
    /// <param name="system">The system's message; null for none.</param>
    /// <exception cref="ArgumentException">Strict mode cannot describe the type; the message says which member, and what to do.</exception>
    public static BatchRequestLine Chat<T>(string? customId, string model, string user, JsonTypeInfo<T> answer, string? system = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(user);
        return Chat(customId, new PlainChat(model, system, user).ToRequest(), answer);
    }

    /// <summary>A chat completion whose answer is JSON of the caller's type: structured output, in strict mode.</summary>
    /// <typeparam name="T">
    /// The type of the answer: an object. Strict mode has no dictionaries, no members of any type and no derived types.
    /// </typeparam>
    /// <param name="customId">The id by which the answer is found; null to number the lines.</param>
    /// <param name="body">The request; its <see cref="ChatRequest.ResponseFormat"/> is set.</param>
    /// <param name="answer">How the answer will be read, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> of the
    /// caller's; the same goes to <c>ReadOutcomesAsync</c>.</param>
    /// <exception cref="ArgumentException">Strict mode cannot describe the type; the message says which member, and what to do.</exception>
    public static BatchRequestLine Chat<T>(string? customId, ChatRequest body, JsonTypeInfo<T> answer)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(answer);
        return Chat(customId, body with { ResponseFormat = AnswerSchema.FormatOf(answer) });
    }

    /// <summary>A chat completion.</summary>
    /// <param name="customId">The id by which the answer is found; null to number the lines.</param>
    /// <param name="body">The request.</param>
    public static BatchRequestLine Chat(string? customId, ChatRequest body) =>
        Create(customId, BatchEndpoint.ChatCompletions, body, BatchJsonContext.Default.ChatRequest);

    /// <summary>A request to the responses API.</summary>
    /// <param name="customId">The id by which the answer is found; null to number the lines.</param>
    /// <param name="body">The request.</param>
    public static BatchRequestLine Responses(string? customId, ResponsesRequest body) =>
        Create(customId, BatchEndpoint.Responses, body, BatchJsonContext.Default.ResponsesRequest);

    /// <summary>A request for embeddings.</summary>
    /// <param name="customId">The id by which the answer is found; null to number the lines.</param>
    /// <param name="body">The request.</param>
    public static BatchRequestLine Embeddings(string? customId, EmbeddingsRequest body) =>
        Create(customId, BatchEndpoint.Embeddings, body, BatchJsonContext.Default.EmbeddingsRequest);

    /// <summary>Any request, with a body of the caller's own type.</summary>
    /// <typeparam name="T">The type of the body.</typeparam>
    /// <param name="customId">The id by which the answer is found; null to number the lines.</param>
    /// <param name="endpoint">The API path.</param>
    /// <param name="body">The body. It is serialised when the line is written, and must not change until then.</param>
    /// <param name="bodyType">How to serialise it, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> of the
    /// caller's.</param>
    public static BatchRequestLine Create<T>(string? customId, BatchEndpoint endpoint, T body, JsonTypeInfo<T> bodyType)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(bodyType);
        return new BatchRequestLine(customId, endpoint, writer => JsonSerializer.Serialize(writer, body, bodyType));
    }

    /// <summary>Any request, with a body that is JSON already.</summary>
    /// <param name="customId">The id by which the answer is found; null to number the lines.</param>
    /// <param name="endpoint">The API path.</param>
    /// <param name="body">The body: a JSON object.</param>
    public static BatchRequestLine Create(string? customId, BatchEndpoint endpoint, JsonElement body) => new(customId, endpoint, body.WriteTo);

    /// <summary>A line that is JSON already, its custom id included. It is checked when it is written, and written as it is.</summary>
    /// <param name="json">One JSON object in UTF-8, without line feeds. It must not change until it is written.</param>
    public static BatchRequestLine FromJson(ReadOnlyMemory<byte> json)
    {
        (string? customId, string? url) = RequestFacts.NamesIn(json.Span);
        return new BatchRequestLine(customId, new BatchEndpoint(url), null) { Json = json };
    }

    /// <summary>Lines made from items of the caller's, one by one as they are asked for.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="toLine">Makes the line of an item.</param>
    /// <param name="cancellationToken">Cancels the reading of the items.</param>
    public static async IAsyncEnumerable<BatchRequestLine> From<TItem>(
        IAsyncEnumerable<TItem> items, Func<TItem, BatchRequestLine> toLine, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(toLine);
        await foreach (TItem item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return toLine(item);
    }

    /// <summary>Writes the line as one JSON object, without a line feed. A line that will be numbered is written without its id.</summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="JsonException">The line was made from bytes that are no JSON.</exception>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (Json is { } json)
        {
            writer.WriteRawValue(json.Span);
            return;
        }

        writer.WriteStartObject();
        if (CustomId is not null)
            writer.WriteString("custom_id"u8, CustomId);
        if (Endpoint != default)
        {
            writer.WriteString("method"u8, "POST"u8);
            writer.WriteString("url"u8, Endpoint.ToString());
        }

        writer.WritePropertyName("body"u8);
        WriteBody(writer);
        writer.WriteEndObject();
    }

    internal void WriteBody(Utf8JsonWriter writer)
    {
        if (Plain is { } chat)
            JsonSerializer.Serialize(writer, chat.ToRequest(), BatchJsonContext.Default.ChatRequest);
        else
            _writeBody!(writer);
    }

    /// <summary>The id of a line that has none of its own.</summary>
    internal static string NumberedId(long number) => string.Create(CultureInfo.InvariantCulture, $"request-{number}");
}
