using System.Text.Json.Serialization;

namespace BatchGateway;

/// <summary>One answer of a chat completion.</summary>
public sealed record ChatChoice : GatewayModel
{
    /// <summary>Its number, counted from 0.</summary>
    [JsonPropertyName("index")]
    public long? Index { get; init; }

    /// <summary>The message.</summary>
    [JsonPropertyName("message")]
    public ChatMessage? Message { get; init; }

    /// <summary>Why the answer ends: <c>stop</c>, <c>length</c>, <c>content_filter</c>, <c>tool_calls</c>.</summary>
    [JsonPropertyName("finish_reason")]
    public string? FinishReason { get; init; }

    internal override bool Knows(string member) => member is "index" or "message" or "finish_reason";
}
