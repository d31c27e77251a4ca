namespace BatchGateway.Emulator.Internal;

internal abstract class ReplyBody
{
    public abstract long Length { get; }

    /// <summary>Whether the bytes count as served file content.</summary>
    public virtual bool IsFileContent => false;

    public abstract Stream Open();
}
