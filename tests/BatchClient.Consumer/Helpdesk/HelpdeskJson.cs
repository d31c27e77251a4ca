using System.Text.Json.Serialization;

namespace Helpdesk;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Verdict))]
internal sealed partial class HelpdeskJson : JsonSerializerContext;
