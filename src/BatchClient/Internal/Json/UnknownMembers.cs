using System.Text.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Json;

/// <summary>
/// The members of an object that its model has no property for: as they were read, or as the JSON object in which they still stand. Most
/// answers are never asked for them, and a dictionary of parsed elements costs more than all the rest of an answer.
/// </summary>
internal struct UnknownMembers : IEquatable<UnknownMembers>
{
    private readonly ReadOnlyMemory<byte> _unread;

    // Threads that ask at once each read the same, and the last one stays: no lock is needed.
    private Dictionary<string, JsonElement>? _members;

    public UnknownMembers(Dictionary<string, JsonElement>? members) => _members = members;

    public UnknownMembers(ReadOnlyMemory<byte> unread) => _unread = unread;

    public Dictionary<string, JsonElement>? Read(GatewayModel model)
    {
        if (_members is null && !_unread.IsEmpty)
            _members = Read(_unread.Span, model);
        return _members;
    }

    /// <summary>An object must not change its equality by being looked at: what was read late is not compared.</summary>
    public readonly bool Equals(UnknownMembers other) =>
        _unread.Equals(other._unread) && (!_unread.IsEmpty || ReferenceEquals(_members, other._members));

    public override readonly bool Equals(object? obj) => obj is UnknownMembers other && Equals(other);

    public override readonly int GetHashCode() => _unread.IsEmpty ? _members?.GetHashCode() ?? 0 : _unread.GetHashCode();

    private static Dictionary<string, JsonElement> Read(ReadOnlySpan<byte> json, GatewayModel model)
    {
        Dictionary<string, JsonElement> members = [];
        Utf8JsonReader reader = new(json, LineJson.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.ReadString();
            reader.Read();
            if (model.Knows(name))
                reader.Skip();
            else
                members[name] = JsonElement.ParseValue(ref reader);
        }

        return members;
    }
}
