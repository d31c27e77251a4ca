using System.Text.Json.Serialization;

namespace BatchGateway;

/// <summary>One thing that went wrong with a batch or with one of its lines, as the server says it.</summary>
public sealed record BatchError : GatewayModel
{
    /// <summary>The server's code word.</summary>
    [JsonPropertyName("code")]
    public BatchErrorCode Code { get; init; }

    /// <summary>The server's explanation.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }

    /// <summary>The member that the error is about.</summary>
    [JsonPropertyName("param")]
    public string? Param { get; init; }

    /// <summary>The server's type of error, such as <c>invalid_request_error</c>.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>The line of the input file, counted from 1. Often null.</summary>
    [JsonPropertyName("line")]
    public long? Line { get; init; }

    /// <summary>The code, the line and the message, as far as they are known.</summary>
    public override string ToString()
    {
        string text = Message ?? Code.ToString();
        string code = Code == default || Message is null ? "" : $"{Code}: ";
        return Line is { } line ? $"line {line}: {code}{text}" : code + text;
    }
}
