using System.Text.Json.Serialization;

namespace BatchGateway.Internal.Json;

/// <summary>The one JSON context of the library. Its converters make every member of every model tolerant.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    MaxDepth = 1000,
    Converters = [typeof(TolerantStringConverter), typeof(TolerantInt64Converter), typeof(TolerantTimeConverter), typeof(ChatMessageConverter)])]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(BatchFile))]
[JsonSerializable(typeof(BatchError))]
[JsonSerializable(typeof(BatchErrorList))]
[JsonSerializable(typeof(TokenUsage))]
[JsonSerializable(typeof(CreateBatchRequest))]
[JsonSerializable(typeof(BatchReference))]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatAnswer))]
[JsonSerializable(typeof(ResponsesRequest))]
[JsonSerializable(typeof(ResponsesAnswer))]
[JsonSerializable(typeof(EmbeddingsRequest))]
[JsonSerializable(typeof(EmbeddingsAnswer))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class BatchJsonContext : JsonSerializerContext;
