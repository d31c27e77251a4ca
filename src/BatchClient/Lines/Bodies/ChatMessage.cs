using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway;

/// <summary>One message of a chat, asked or answered.</summary>
public sealed record ChatMessage : GatewayModel
{
    // The text, or a boxed JsonElement: JSON is made of a text only when somebody asks for JSON.
    private readonly object? _content;

    /// <summary>Who speaks: <c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>.</summary>
    [JsonPropertyName("role")]
    public string? Role { get; init; }

    /// <summary>The text; null when the message has other content. Reading joins the text parts of an array.</summary>
    [JsonIgnore]
    public string? Content
    {
        get => _content is JsonElement json ? AnswerText.OfContent(json) : (string?)_content;
        init => _content = value;
    }

    /// <summary>The member <c>content</c> as JSON: a string, or an array of parts such as text and images.</summary>
    [JsonPropertyName("content")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? ContentJson
    {
        get => _content is string text ? JsonSerializer.SerializeToElement(text, BatchJsonContext.Default.String) : (JsonElement?)_content;
        init => _content = value;
    }

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

    /// <summary>The content if it is held as a text: it can be written without being made JSON first.</summary>
    internal string? PlainContent => _content as string;

    internal override bool Knows(string member) => member is "role" or "content" or "refusal";
}
