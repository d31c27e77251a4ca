namespace BatchGateway.Emulator.Internal;

/// <summary>Storage beside the gateway: it knows signatures and nothing of tokens.</summary>
internal sealed class SignedCalls(FileStore files, SignedAddresses addresses, bool honoursRanges)
{
    /// <summary>Refuses what was meant for the gateway, as object storage does.</summary>
    public static void Admit(Exchange exchange)
    {
        string? foreign = exchange.Request.Headers.Keys.FirstOrDefault(name =>
            name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("x-tfy-", StringComparison.OrdinalIgnoreCase));
        if (foreign is not null)
            throw Refused(400, "InvalidArgument", $"Only one auth mechanism allowed; the request also carries the header {foreign}.");
    }

    public Task<Reply> ContentAsync(Exchange exchange, string id)
    {
        SignedFile signed = addresses.Redeem(exchange.Request.Query["signature"].ToString(), id)
            ?? throw Refused(403, "AccessDenied", "The signature is wrong, used up or expired.");
        EmulatedFile file = files.Find(signed.FileId, signed.Provider) ?? throw Refused(404, "NoSuchKey", "The specified key does not exist.");
        return Task.FromResult(FileContent.Reply(exchange, files.AsOrdered(exchange.Twist, file), honoursRanges));
    }

    private static RefusedException Refused(int status, string code, string message) => new(Reply.Text(
        status,
        $"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>""",
        "application/xml"));
}
