using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The body of a create call, checked.</summary>
internal sealed record CreateBatchCommand(
    string InputFileId,
    string Endpoint,
    string CompletionWindow,
    IReadOnlyList<KeyValuePair<string, string>>? Metadata,
    TimeSpan? OutputLifetime,
    string? Intent)
{
    private const string IntentKey = "batchclient_intent";

    public static async Task<CreateBatchCommand> ReadAsync(Exchange exchange, bool isOpenAI)
    {
        using JsonDocument document = await ParseAsync(exchange).ConfigureAwait(false);
        JsonElement body = document.RootElement;
        if (body.ValueKind != JsonValueKind.Object)
            throw new RefusedException(400, "The body must be a JSON object.");

        CreateBatchCommand command = new(
            Required(body, "input_file_id"),
            Required(body, "endpoint"),
            Optional(body, "completion_window") ?? "24h",
            Metadata: null,
            OutputLifetime: null,
            Intent: body.ObjectOrNull("metadata")?.StringOrNull(IntentKey));
        return isOpenAI ? WithOpenAIRules(command, body) : command;
    }

    private static CreateBatchCommand WithOpenAIRules(CreateBatchCommand command, JsonElement body)
    {
        RequireOneOf("endpoint", command.Endpoint, BatchEndpoints.Known);
        RequireOneOf("completion_window", Required(body, "completion_window"), ["24h"]);
        return command with { Metadata = BatchMetadata.Read(body), OutputLifetime = OutputExpiry.Read(body) };
    }

    private static async Task<JsonDocument> ParseAsync(Exchange exchange)
    {
        try
        {
            return await JsonDocument.ParseAsync(exchange.Request.Body, cancellationToken: exchange.Gone).ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            throw new RefusedException(400, $"The body could not be parsed as JSON: {exception.Message}");
        }
    }

    private static string Required(JsonElement body, string member)
    {
        string? value = Optional(body, member);
        return string.IsNullOrEmpty(value)
            ? throw new RefusedException(400, $"Missing required parameter: '{member}'.", member, "missing_required_parameter")
            : value;
    }

    private static string? Optional(JsonElement body, string member)
    {
        if (!body.TryGetProperty(member, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new RefusedException(400, $"Invalid type for '{member}': expected a string.", member, "invalid_type");
    }

    private static void RequireOneOf(string member, string value, string[] known)
    {
        if (known.Contains(value))
            return;
        string choices = string.Join(", ", known.Select(choice => $"'{choice}'"));
        throw new RefusedException(400, $"Invalid value: '{value}'. Supported values are: {choices}.", member, "invalid_value");
    }
}
