using System.Text.Json.Serialization;

namespace BatchGateway;

/// <summary>The body of a request to the responses API: the members that most requests have, and any other by name.</summary>
public sealed record ResponsesRequest : GatewayModel
{
    /// <summary>The model.</summary>
    [JsonPropertyName("model")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The input as text. Other input goes into <see cref="GatewayModel.AdditionalProperties"/> as <c>input</c>.</summary>
    [JsonPropertyName("input")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Input { get; init; }

    /// <summary>Instructions before the input; null for none.</summary>
    [JsonPropertyName("instructions")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instructions { get; init; }

    /// <summary>The most tokens to answer with; null for no own limit.</summary>
    [JsonPropertyName("max_output_tokens")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxOutputTokens { get; init; }
}
