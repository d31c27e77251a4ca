using System.Globalization;

namespace BatchGateway.Runs.Internal;

/// <summary>What a run has cost so far, by the prices that it began with.</summary>
/// <param name="Cost">Null when the run has no price.</param>
/// <param name="UnpricedLines">Answered lines of models without a price, which the cost leaves out.</param>
internal readonly record struct RunCost(decimal? Cost, long UnpricedLines)
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyyMMdd"];

    public static RunCost Of(RunSettings settings, RunCounts counts, IEnumerable<ShardFacts> shards)
    {
        if (settings.Prices is not { Count: > 0 })
            return new RunCost(settings.Price?.Of(counts.InputTokens, counts.OutputTokens), 0);

        (decimal cost, long unpriced) = (0, 0);
        foreach (ShardFacts shard in shards)
        {
            foreach (ModelUsage usage in shard.Usage)
            {
                if (PriceOf(usage.Model ?? shard.Model, settings) is { } price)
                    cost += price.Of(usage.InputTokens, usage.OutputTokens);
                else
                    unpriced += usage.Lines;
            }
        }

        return new RunCost(cost, unpriced);
    }

    private static TokenPrice? PriceOf(string? model, RunSettings settings)
    {
        if (model is null)
            return settings.Price;
        return settings.Prices!.TryGetValue(model, out TokenPrice? price) || settings.Prices.TryGetValue(Undated(model), out price)
            ? price
            : settings.Price;
    }

    /// <summary>Whoever asks for a model is often answered by what it was at a date, which is at the end of the name then.</summary>
    private static string Undated(string model)
    {
        foreach (string form in DateForms)
        {
            int dash = model.Length - form.Length - 1;
            if (dash > 0 && model[dash] == '-'
                && DateOnly.TryParseExact(model.AsSpan(dash + 1), form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                return model[..dash];
        }

        return model;
    }
}
