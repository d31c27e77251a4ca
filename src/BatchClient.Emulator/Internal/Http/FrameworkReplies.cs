namespace BatchGateway.Emulator.Internal;

/// <summary>What a web framework says by itself, where no API stands behind the call.</summary>
internal static class FrameworkReplies
{
    public static Reply For(int status) => status switch
    {
        404 => Reply.Text(404, """{"detail":"Not Found"}""", "application/json"),
        405 => Reply.Text(405, """{"detail":"Method Not Allowed"}""", "application/json"),
        _ => Reply.Text(status, "", "application/json"),
    };
}
