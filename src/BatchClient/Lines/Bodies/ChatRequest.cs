using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway;

/// <summary>The body of a chat completion: the members that most requests have, and any other by name.</summary>
public sealed record ChatRequest : GatewayModel
{
    /// <summary>The model. Null leaves it out, as Vertex AI allows.</summary>
    [JsonPropertyName("model")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The messages, in order.</summary>
    [JsonPropertyName("messages")]
    public IReadOnlyList<ChatMessage> Messages { get; init; } = [];

    /// <summary>The most tokens to answer with (<c>max_completion_tokens</c>); null for no own limit.</summary>
    [JsonPropertyName("max_completion_tokens")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxCompletionTokens { get; init; }

    /// <summary>The sampling temperature; null for the default of the model.</summary>
    [JsonPropertyName("temperature")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Temperature { get; init; }

    /// <summary>The form of the answer as JSON; null for free text.</summary>
    [JsonPropertyName("response_format")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? ResponseFormat { get; init; }
}
