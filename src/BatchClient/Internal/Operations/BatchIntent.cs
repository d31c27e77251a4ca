namespace BatchGateway.Internal.Operations;

/// <summary>One batch that is meant to be, from its uploaded file on: the token that it can be found by, and how to address it.</summary>
internal sealed record BatchIntent(string Token, BatchFile File, BatchCallOptions Options)
{
    /// <summary>Batches that were made from this file before, and are not the one that is meant.</summary>
    public IReadOnlyCollection<string> EarlierBatches { get; init; } = [];

    /// <summary>Asked before the first byte of the create; null for no question.</summary>
    public Func<CancellationToken, Task>? BeforeCreate { get; init; }

    /// <summary>Told the token of each attempt, before <see cref="BeforeCreate"/> is asked; null for nobody.</summary>
    public Action<string>? TokenUsed { get; init; }

    /// <summary>The options of a create: the call's own, and the token.</summary>
    public BatchCallOptions CreateOptions()
    {
        BatchCallOptions options = BatchCallOptions.Copy(Options);
        options.Headers[GatewayHeaders.IdempotencyKey] = Token;
        options.BeforeCreate = BeforeCreate;
        options.TokenUsed = TokenUsed;
        return options;
    }
}
