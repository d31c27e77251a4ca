using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway.Tests.Support;

/// <summary>The models as System.Text.Json reads them by itself, without the library's own reader of messages.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    MaxDepth = 1000,
    Converters = [typeof(TolerantStringConverter), typeof(TolerantInt64Converter), typeof(TolerantTimeConverter)])]
[JsonSerializable(typeof(ChatAnswer))]
[JsonSerializable(typeof(ChatRequest))]
internal sealed partial class ReferenceJson : JsonSerializerContext;
