namespace BatchGateway.Runs.Internal;

/// <summary>Why a state folder cannot be used, in the words of somebody who has to do something about it.</summary>
internal static class FolderFailure
{
    // As the framework reports them: Windows' codes, and on other systems the error numbers of Linux and macOS.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int DiskFull = unchecked((int)0x80070070);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int NoSpace = 28;
    private const int QuotaOnMac = 69;
    private const int QuotaOnLinux = 122;
    private const int ReadOnlyFileSystem = 30;

    private const string Now = "No run was started.";

    public static bool IsHeldByAnother(IOException exception) =>
        exception.HResult is SharingViolation or LockViolation or WouldBlockOnLinux or WouldBlockOnMac;

    public static StateFolderException InUse(string path, FolderHolder? holder, Exception? cause = null) => new(
        $"The state folder '{path}' is in use by {holder?.ToString() ?? "another process"}. "
        + "One process at a time works on a state folder; nothing was changed. "
        + "Wait until that one has ended, or stop it: its runs can be resumed here. For other runs at the same time, use another folder.",
        cause)
    {
        Holder = holder,
    };

    public static StateFolderException CopyInUse(string path, FolderHolder holder) => new(
        $"The state folder '{path}' is a copy of '{holder.Folder}', made while that was in use by {holder}, which is still at work. "
        + "Two copies of a run would send the same lines twice; nothing was changed. Use the original, or copy it again when that process has ended.")
    {
        Holder = holder,
    };

    /// <summary>There was no room in the midst of the work.</summary>
    public static StateFolderException Full(string path, IOException cause) => new(
        $"There is no room in the state folder '{path}': {cause.Message} What was durable before stands: batches that were created go on at the "
        + "gateway, and are not created again. Make room, then start the run again with its lines (RunAsync), or resume it (ResumeAsync).",
        cause);

    public static bool IsFull(Exception cause) => cause.HResult is DiskFull or HandleDiskFull or NoSpace or QuotaOnMac or QuotaOnLinux;

    public static StateFolderException Explain(string path, Exception cause) => new(
        IsForbidden(cause)
        ? $"The state folder '{path}' cannot be written: {cause.Message} {Now} Give this process the right to write, or use another folder."
        : IsFull(cause) ? $"There is no room in the state folder '{path}': {cause.Message} {Now} Make room, or use a folder on another disk."
        : $"The state folder '{path}' cannot be used: {cause.Message} {Now} Check the path and the disk, or use another folder.",
        cause);

    private static bool IsForbidden(Exception cause) => cause is UnauthorizedAccessException || cause.HResult == ReadOnlyFileSystem;
}
