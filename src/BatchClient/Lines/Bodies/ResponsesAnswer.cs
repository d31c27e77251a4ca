using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Lines;

namespace BatchGateway;

/// <summary>An answer of the responses API.</summary>
public sealed record ResponsesAnswer : GatewayModel
{
    /// <summary>The id of the answer.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The model that answered.</summary>
    [JsonPropertyName("model")]
    public string? Model { get; init; }

    /// <summary>How the answer ended: <c>completed</c>, <c>incomplete</c>, <c>failed</c>.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>The output items as JSON.</summary>
    [JsonPropertyName("output")]
    public JsonElement? Output { get; init; }

    /// <summary>The tokens used.</summary>
    [JsonPropertyName("usage")]
    public TokenUsage? Usage { get; init; }

    /// <summary>The text of all messages in the output; null when there is none.</summary>
    [JsonIgnore]
    public string? Text => Output is { } output ? AnswerText.OfOutput(output) : null;
}
