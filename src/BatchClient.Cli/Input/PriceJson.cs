using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Cli.Input;

/// <summary>A price that lacks a member, or has a misspelled one, is told: a wrong estimate would not be seen.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Dictionary<string, TokenPrice>))]
internal sealed partial class PriceJson : JsonSerializerContext;
