namespace BatchGateway.Emulator.Internal;

/// <summary>What becomes of one request for a file's content.</summary>
internal enum ContentTwist
{
    None,

    /// <summary>It is sent to a signed address.</summary>
    SignedAddress,

    /// <summary>The file counts as changed from now on.</summary>
    Changed,

    /// <summary>The same, and <c>If-Range</c> is not looked at any more.</summary>
    ChangedUnchecked,
}
