namespace BatchGateway.Internal.Json;

/// <summary>A set of words that the server may extend at any time: a struct over the wire text.</summary>
internal interface IOpenString<TSelf> where TSelf : struct, IOpenString<TSelf>
{
    static abstract TSelf FromWire(string? text);
}
