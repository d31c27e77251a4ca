using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Lines;

namespace BatchGateway;

/// <summary>One message of a chat, asked or answered.</summary>
public sealed record ChatMessage : GatewayModel
{
    /// <summary>Who speaks: <c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>.</summary>
    [JsonPropertyName("role")]
    public string? Role { get; init; }

    /// <summary>The text; null when the message has other content. Reading joins the text parts of an array.</summary>
    [JsonIgnore]
    public string? Content
    {
        get => ContentJson is { } content ? AnswerText.OfContent(content) : null;
        init => ContentJson = value is null ? null : JsonSerializer.SerializeToElement(value, Internal.Json.BatchJsonContext.Default.String);
    }

    /// <summary>The member <c>content</c> as JSON: a string, or an array of parts such as text and images.</summary>
    [JsonPropertyName("content")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? ContentJson { get; init; }

    /// <summary>Why the model declined to answer; null when it did not decline.</summary>
    [JsonPropertyName("refusal")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }

    /// <summary>A message of the user's.</summary>
    /// <param name="content">The text.</param>
    public static ChatMessage User(string content) => new() { Role = "user", Content = content };

    /// <summary>A message of the system's.</summary>
    /// <param name="content">The text.</param>
    public static ChatMessage System(string content) => new() { Role = "system", Content = content };

    /// <summary>A message of the model's.</summary>
    /// <param name="content">The text.</param>
    public static ChatMessage Assistant(string content) => new() { Role = "assistant", Content = content };
}
