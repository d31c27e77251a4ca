namespace BatchGateway.Internal.Lines;

/// <summary>Files that only this process reads and that are gone when they are closed.</summary>
internal static class TemporaryFiles
{
    /// <param name="length">How long the file will be, where that is known: room is made for it at once. It has this length from the start.</param>
    public static FileStream Create(long length = 0)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            // Whoever writes or reads does so in pieces that are large enough, and around the stream as well.
            BufferSize = 1,
            PreallocationSize = length,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"batchclient-{Guid.NewGuid():N}.tmp"), options);
    }
}
