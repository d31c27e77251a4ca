using System.Runtime.InteropServices;

namespace BatchGateway.Runs.Internal;

/// <summary>Folders whose entries outlive a loss of power.</summary>
internal static partial class DurableFolder
{
    private const int AccessDenied = 13;
    private const int InvalidArgument = 22;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder and those above it, for this user alone, as far as they are missing, and makes its name durable either way.</summary>
    public static void Ensure(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
            return;
        if (!Directory.Exists(parent))
            Ensure(parent);
        Make(path);
        Flush(parent);
    }

    /// <summary>Flushes the names in a folder to disk. Windows keeps them in its own journal and has no such call.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        int handle = OpenFolder(path, 0);
        if (handle < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            // A folder above ours may be one that this user may pass through and not read, such as a shared home.
            if (error == AccessDenied)
                return;
            throw new IOException($"The folder '{path}' cannot be opened to flush it: error {error}.", error);
        }

        try
        {
            // Some network file systems cannot flush a folder and say so; they have no cache of names to lose.
            if (FlushFolder(handle) != 0 && Marshal.GetLastPInvokeError() is var error && error != InvalidArgument)
                throw new IOException($"The folder '{path}' cannot be flushed to disk: error {error}.", error);
        }
        finally
        {
            _ = CloseFolder(handle);
        }
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
    }

    // The framework refuses to open a folder.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushFolder(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFolder(int handle);
}
