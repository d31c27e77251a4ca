using System.Collections.Immutable;
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
    private const string UsualWindow = "24h";

    public static async Task<CreateBatchCommand> ReadAsync(Exchange exchange, CreateRules rules)
    {
        using JsonDocument document = await ParseAsync(exchange).ConfigureAwait(false);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new RefusedException(400, "The body must be a JSON object.");
        try
        {
            return Read(document.RootElement, rules);
        }
        catch (InvalidOperationException)
        {
            // What the parser lets through and no string can hold: bytes that are no UTF-8, half a surrogate pair.
            throw new RefusedException(400, "The body could not be parsed as JSON: it has a text that is not valid Unicode.");
        }
    }

    private static CreateBatchCommand Read(JsonElement body, CreateRules rules) => new(
        Required(body, "input_file_id"),
        EndpointOf(body, rules),
        WindowOf(body, rules),
        Metadata: rules.KeepsMetadata ? BatchMetadata.Read(body) : null,
        OutputLifetime: rules.OutputLifetime is (long least, long most) ? OutputExpiry.Read(body, least, most) : null,
        Intent: body.ObjectOrNull("metadata")?.StringOrNull(IntentKey));

    private static string EndpointOf(JsonElement body, CreateRules rules)
    {
        string endpoint = Required(body, "endpoint");
        return rules.Endpoints.IsEmpty ? endpoint : OneOf("endpoint", endpoint, rules.Endpoints);
    }

    private static string WindowOf(JsonElement body, CreateRules rules) => rules.Window is { } only
        ? OneOf("completion_window", Required(body, "completion_window"), [only])
        : Optional(body, "completion_window") ?? UsualWindow;

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

    private static string OneOf(string member, string value, ImmutableArray<string> known)
    {
        if (known.Contains(value))
            return value;
        string choices = string.Join(", ", known.Select(choice => $"'{choice}'"));
        throw new RefusedException(400, $"Invalid value: '{value}'. Supported values are: {choices}.", member, "invalid_value");
    }
}
