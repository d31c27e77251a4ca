using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchGateway.Tests.Snippets;

public sealed record Review(string Id, string Text);

public sealed record Sentiment(string Label, double Score);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Sentiment))]
public sealed partial class SentimentJson : JsonSerializerContext;

public sealed class Sentiments(IBatchClient gateway)
{
    private static readonly JsonElement Format = JsonDocument.Parse(
        """
        {"type":"json_schema","json_schema":{"name":"sentiment","strict":true,"schema":{"type":"object",
         "properties":{"label":{"type":"string"},"score":{"type":"number"}},"required":["label","score"],"additionalProperties":false}}}
        """).RootElement;

    public async Task<Dictionary<Review, Sentiment?>> RateAsync(IReadOnlyList<Review> reviews)
    {
        BatchOperation operation = await gateway.SubmitAsync(reviews.Select(review => BatchRequestLine.Chat(review.Id, new ChatRequest
        {
            Model = "gpt-4o-mini",
            Messages = [ChatMessage.System("Rate the review."), ChatMessage.User(review.Text)],
            ResponseFormat = Format,
        })));
        await operation.WaitAsync();

        Dictionary<Review, Sentiment?> ratings = [];
        await foreach (var outcome in operation.ReadOutcomesAsync(reviews, review => review.Id, SentimentJson.Default.Sentiment))
            ratings.Add(outcome.Item, outcome.Result);
        return ratings;
    }
}
