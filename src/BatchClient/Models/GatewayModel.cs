using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using BatchGateway.Internal.Json;

namespace BatchGateway;

/// <summary>
/// What every object that goes to the gateway or comes from it has: members that this library does not know are kept, and so are the bytes
/// it was read from. Record equality compares references for these two: do not use it to find out whether a batch has changed.
/// </summary>
public abstract record GatewayModel
{
    private UnknownMembers _unknown;

    private protected GatewayModel()
    {
    }

    /// <summary>
    /// Members of the JSON object that have no property here: kept when it is read, and written when it is serialised.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties
    {
        get => ExtensionData is null ? ReadOnlyDictionary<string, JsonElement>.Empty : ExtensionData.AsReadOnly();
        init => ExtensionData = new Dictionary<string, JsonElement>(value);
    }

    /// <summary>
    /// The UTF-8 JSON that this object was read from, unchanged. Empty on an object that was made in code and on one inside another.
    /// </summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> RawJson { get; internal set; }

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? ExtensionData
    {
        get => _unknown.Read(this);
        set => _unknown = new UnknownMembers(value);
    }

    /// <summary>The JSON object in which the unknown members still stand; they are read when somebody asks for them.</summary>
    internal ReadOnlyMemory<byte> UnreadMembers
    {
        init => _unknown = new UnknownMembers(value);
    }

    /// <summary>Whether a member has a property of its own. Only asked of objects whose members are read late.</summary>
    internal virtual bool Knows(string member) => false;
}
