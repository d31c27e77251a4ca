namespace BatchGateway.Emulator.Internal;

/// <summary>Ends a call with an error answer; never leaves the emulator.</summary>
internal sealed class RefusedException(Reply reply) : Exception
{
    public RefusedException(int status, string message, string? param = null, string? code = null)
        : this(Reply.Error(status, message, param, code))
    {
    }

    public Reply Reply { get; } = reply;
}
