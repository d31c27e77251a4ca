namespace BatchGateway.AotSmoke;

internal sealed record CompletionChoice(int Index, PromptMessage Message);
