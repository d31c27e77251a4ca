using System.Text.Json.Serialization;

namespace BatchGateway.Tests.Snippets;

public sealed record Review(string Id, string Text);

public sealed record Sentiment(string Label, double Score);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Sentiment))]
public sealed partial class SentimentJson : JsonSerializerContext;

public sealed class Sentiments(IBatchClient gateway)
{
    public async Task<Dictionary<Review, Sentiment?>> RateAsync(IReadOnlyList<Review> reviews)
    {
        BatchOperation operation = await gateway.SubmitAsync(reviews.Select(review => BatchRequestLine.Chat(
            review.Id, "gpt-4o-mini", review.Text, SentimentJson.Default.Sentiment, system: "Rate the review.")));
        await operation.WaitAsync();

        Dictionary<Review, Sentiment?> ratings = [];
        await foreach (var outcome in operation.ReadOutcomesAsync(reviews, review => review.Id, SentimentJson.Default.Sentiment))
            ratings.Add(outcome.Item, outcome.Result);
        return ratings;
    }
}
