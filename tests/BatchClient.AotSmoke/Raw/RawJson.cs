using System.Text.Json.Serialization;

namespace BatchGateway.AotSmoke;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RawBatch))]
[JsonSerializable(typeof(RawCreate))]
[JsonSerializable(typeof(RawFile))]
[JsonSerializable(typeof(RawRequestLine))]
[JsonSerializable(typeof(RawResultLine))]
internal sealed partial class RawJson : JsonSerializerContext;
