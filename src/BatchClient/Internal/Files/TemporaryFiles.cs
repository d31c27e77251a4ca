namespace BatchGateway.Internal.Files;

/// <summary>Files that only this process reads and that are gone when they are closed.</summary>
internal static class TemporaryFiles
{
    /// <param name="room">How much room on the disk is made at once.</param>
    public static FileStream Create(long room = 0)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            // Whoever writes or reads does so in pieces that are large enough, and around the stream as well.
            BufferSize = 1,
            PreallocationSize = room,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"batchclient-{Guid.NewGuid():N}.tmp"), options);
    }
}
