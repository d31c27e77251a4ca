namespace BatchGateway.Runs.Internal;

/// <summary>The state folder cannot be used.</summary>
internal sealed class StateFolderException(string message, Exception? innerException = null) : BatchClientException(message, innerException)
{
    /// <summary>Who uses it, when that is what stands in the way.</summary>
    public FolderHolder? Holder { get; init; }
}
