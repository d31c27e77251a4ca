using BatchGateway.Emulator;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Tests.Wire;

/// <summary>Clients of a <see cref="RawServer"/>, with a clock that waits for nothing.</summary>
internal static class WireClient
{
    public const string Key = "tfy-secret-0123456789abcdef";
    public const string BatchJson = """{"id":"batch_1","object":"batch","status":"in_progress","endpoint":"/v1/chat/completions"}""";
    public const string FileJson = """{"id":"file-1","object":"file","bytes":7,"purpose":"batch"}""";
    public const string BatchListJson = """{"object":"list","data":[],"has_more":false}""";

    public static CreateBatchRequest CreateRequest { get; } = new() { InputFileId = "file-1", Endpoint = BatchEndpoint.ChatCompletions };

    public static BatchGatewayOptions Options(string origin, Action<BatchGatewayOptions>? configure = null)
    {
        BatchGatewayOptions options = new()
        {
            ControlPlaneUrl = origin,
            ApiKey = Key,
            Provider = "openai-main",
            TimeProvider = EmulatorClock.AutoAdvancing(),
        };
        configure?.Invoke(options);
        if (options.TokenProvider is not null || options.ApiKeyFile is not null)
            options.ApiKey = null;
        return options;
    }

    public static OwnedBatchClient Of(RawServer server, Action<BatchGatewayOptions>? configure = null, ILoggerFactory? logs = null) =>
        BatchClientFactory.Create(Options(server.Origin, configure), logs);
}
