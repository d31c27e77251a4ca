using System.Text.Json.Serialization;

namespace BatchGateway.AotSmoke;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Prompt))]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(Verdict))]
internal sealed partial class SmokeJson : JsonSerializerContext;
