namespace BatchGateway.Emulator.Internal;

/// <summary>The <c>status</c> of a file.</summary>
internal static class FileStatus
{
    public const string Pending = "pending";
    public const string Processed = "processed";

    /// <summary>What was uploaded is looked at for a while; what the gateway wrote itself is not.</summary>
    public static string Of(EmulatedFile file, DateTimeOffset now, TimeSpan pendingFor) =>
        file.Purpose != FilePurposes.BatchOutput && now < file.CreatedAt + pendingFor ? Pending : Processed;
}
