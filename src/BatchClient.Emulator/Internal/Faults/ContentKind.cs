namespace BatchGateway.Emulator.Internal;

/// <summary>Whether a call serves files' content, and from where.</summary>
internal enum ContentKind
{
    None,
    Gateway,
    SignedAddress,
}
