using System.Text.Json;

namespace BatchGateway.Internal.Json;

/// <summary>The value of a member that few ask for: as it was set, or as the JSON in which it still stands, read when somebody asks.</summary>
internal struct LateElement : IEquatable<LateElement>
{
    private readonly ReadOnlyMemory<byte> _unread;

    // A boxed JsonElement. Threads that ask at once each read the same, and the last one stays: no lock is needed.
    private object? _element;

    public LateElement(JsonElement? element) => _element = element;

    public LateElement(ReadOnlyMemory<byte> unread) => _unread = unread;

    public JsonElement? Read()
    {
        if (_element is null && !_unread.IsEmpty)
            _element = JsonElement.Parse(_unread.Span);
        return (JsonElement?)_element;
    }

    /// <summary>An object must not change its equality by being looked at: what was read late is not compared.</summary>
    public readonly bool Equals(LateElement other) =>
        _unread.Equals(other._unread) && (!_unread.IsEmpty || Equals(_element, other._element));

    public override readonly bool Equals(object? obj) => obj is LateElement other && Equals(other);

    public override readonly int GetHashCode() => _unread.IsEmpty ? _element?.GetHashCode() ?? 0 : _unread.GetHashCode();
}
