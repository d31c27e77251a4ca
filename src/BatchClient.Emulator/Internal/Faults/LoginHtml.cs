namespace BatchGateway.Emulator.Internal;

internal static class LoginHtml
{
    private const string Page = """
        <!DOCTYPE html>
        <html>
        <head><title>Sign in</title></head>
        <body><form method="post" action="/login"><input name="user"><input name="password" type="password"><button>Sign in</button></form></body>
        </html>

        """;

    public static Reply Reply() => Internal.Reply.Text(200, Page, "text/html; charset=utf-8");
}
