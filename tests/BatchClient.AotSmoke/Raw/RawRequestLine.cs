namespace BatchGateway.AotSmoke;

internal sealed record RawRequestLine(string CustomId, string Method, string Url, Prompt Body);
