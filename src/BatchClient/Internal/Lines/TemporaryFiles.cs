namespace BatchGateway.Internal.Lines;

/// <summary>Files that only this process reads and that are gone when they are closed.</summary>
internal static class TemporaryFiles
{
    private const int BufferSize = 128 << 10;

    public static FileStream Create()
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferSize,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"batchclient-{Guid.NewGuid():N}.tmp"), options);
    }
}
