namespace BatchGateway.AotSmoke;

internal sealed record PromptMessage(string Role, string Content);
