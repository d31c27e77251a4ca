namespace BatchGateway.AotSmoke;

internal sealed record RawResultLine(string CustomId, RawResponse? Response);
