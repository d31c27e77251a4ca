namespace BatchGateway.Internal.Lines;

/// <summary>Files that only this process reads and that are gone when they are closed.</summary>
internal static class TemporaryFiles
{
    private const int BufferSize = 128 << 10;

    /// <param name="length">How long the file will be, where that is known: room is made for it at once. It has this length from the start.</param>
    public static FileStream Create(long length = 0)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferSize,
            PreallocationSize = length,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"batchclient-{Guid.NewGuid():N}.tmp"), options);
    }
}
