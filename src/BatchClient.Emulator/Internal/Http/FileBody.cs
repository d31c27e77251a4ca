namespace BatchGateway.Emulator.Internal;

/// <summary>A stretch of a file on disk.</summary>
internal sealed class FileBody(string path, long offset, long length) : ReplyBody
{
    public override long Length => length;

    public override bool IsFileContent => true;

    public override Stream Open()
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, useAsync: false);
        stream.Position = offset;
        return stream;
    }
}
