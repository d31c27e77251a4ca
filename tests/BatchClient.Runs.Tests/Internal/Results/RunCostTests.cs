using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Results;

internal sealed class RunCostTests
{
    private static readonly RunSettings Settings = new() { Address = new RunAddress() };

    private static readonly Dictionary<string, TokenPrice> Prices = new()
    {
        ["gpt-4o-mini"] = new TokenPrice(1, 2),
        ["gpt-4o"] = new TokenPrice(10, 20),
        ["gpt-4o-2024-05-13"] = new TokenPrice(30, 60),
    };

    [TestCase("gpt-4o-mini", 3)]
    [TestCase("gpt-4o-mini-2024-07-18", 3)]
    [TestCase("gpt-4o-mini-20240718", 3)]
    [TestCase("gpt-4o-2024-11-20", 30)]
    [TestCase("gpt-4o-2024-05-13", 90)]
    [TestCase("gpt-4o-mini-high", null)]
    [TestCase("gpt-4o-mini-2024-17-18", null)]
    [TestCase("-2024-07-18", null)]
    public void Of_AnswersOfAModel_ItsPriceOrNone(string model, decimal? cost)
    {
        RunCost of = Of(Settings with { Prices = Prices }, new ModelUsage(model, 5, 1_000_000, 1_000_000));

        Assert.That(of, Is.EqualTo(new RunCost(cost ?? 0, cost is null ? 5 : 0)));
    }

    [Test]
    public void Of_ModelThatHasNoPrice_TheOneForTheRest()
    {
        RunCost of = Of(Settings with { Prices = Prices, Price = new TokenPrice(100, 0) }, new ModelUsage("o7", 5, 1_000_000, 0));

        Assert.That(of, Is.EqualTo(new RunCost(100, 0)));
    }

    [Test]
    public void Of_AnswersThatNameNoModel_TheOneThatWasAskedFor()
    {
        RunCost of = Of(Settings with { Prices = Prices }, new ModelUsage(null, 5, 1_000_000, 0));

        Assert.That(of, Is.EqualTo(new RunCost(1, 0)));
    }

    [Test]
    public void Of_NoPriceAtAll_NoCost() =>
        Assert.That(Of(Settings, new ModelUsage("gpt-4o", 5, 1, 1)), Is.EqualTo(new RunCost(null, 0)));

    private static RunCost Of(RunSettings settings, ModelUsage usage)
    {
        RunCounts counts = new() { Lines = new Dictionary<BatchOutcomeKind, long>(), InputTokens = usage.InputTokens, OutputTokens = usage.OutputTokens };
        return RunCost.Of(settings, counts, [new ShardFacts { Model = "gpt-4o-mini", Usage = [usage] }]);
    }
}
