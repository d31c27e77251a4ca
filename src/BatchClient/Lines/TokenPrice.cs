namespace BatchGateway;

/// <summary>What a model's tokens cost in a batch, in any currency.</summary>
/// <param name="InputPerMillion">The price of a million tokens of prompts.</param>
/// <param name="OutputPerMillion">The price of a million tokens of answers.</param>
public sealed record TokenPrice(decimal InputPerMillion, decimal OutputPerMillion)
{
    internal decimal Of(long inputTokens, long outputTokens) =>
        ((inputTokens * InputPerMillion) + (outputTokens * OutputPerMillion)) / 1_000_000;
}
