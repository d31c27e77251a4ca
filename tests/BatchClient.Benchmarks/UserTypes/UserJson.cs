using System.Text.Json.Serialization;

namespace BatchGateway.Benchmarks.UserTypes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResultLine))]
[JsonSerializable(typeof(RequestLine))]
[JsonSerializable(typeof(PlainBatch))]
internal sealed partial class UserJson : JsonSerializerContext;
