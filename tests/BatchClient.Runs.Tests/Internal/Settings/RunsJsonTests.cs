using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Settings;

public sealed class RunsJsonTests
{
    [Test]
    public void ReadSettings_WhatWasWritten_IsTheSame()
    {
        Dictionary<string, TokenPrice> prices = new() { ["gpt-4o-mini"] = new TokenPrice(0.075m, 0.30m) };
        RunSettings settings = new()
        {
            Address = new RunAddress { Client = "eu", ControlPlaneUrl = "https://acme.example", ApiPath = "v1", Provider = "main" },
            Limits = BatchLimits.OpenAI with { MaxCustomIdLength = null, MinLines = 7 },
            MaxAttempts = 2,
            CompletionWindow = null,
            OutputExpiresAfter = TimeSpan.FromHours(3),
            Price = new TokenPrice(1.5m, 2),
            Prices = prices,
            Cleanup = BatchRunCleanup.All,
            Endpoint = "/v1/embeddings",
        };

        RunSettings read = RunsJson.ReadSettings(RunsJson.Write(settings));

        Assert.That(read with { Prices = prices }, Is.EqualTo(settings));
        Assert.That(read.Prices, Is.EqualTo(prices));
    }

    [Test]
    public void ReadFacts_WhatWasWritten_IsTheSame()
    {
        ShardFacts facts = new()
        {
            FileId = "file-1",
            EarlierBatches = ["batch-1"],
            EarlierIntents = [new EarlierIntent("token-1", DateTimeOffset.UnixEpoch)],
            SecondBatches = ["batch-2"],
            Expiries = 2,
            IntentAt = DateTimeOffset.UnixEpoch,
            IntentKey = "0A0B0C0D",
            Usage = [new ModelUsage("gpt-4o-mini", 3, 2, 1)],
        };

        ShardFacts read = RunsJson.ReadFacts(RunsJson.Write(facts));

        Assert.That(
            read with
            {
                EarlierBatches = facts.EarlierBatches,
                EarlierIntents = facts.EarlierIntents,
                SecondBatches = facts.SecondBatches,
                Usage = facts.Usage,
            },
            Is.EqualTo(facts));
        Assert.That(read.Usage, Is.EqualTo(facts.Usage));
        Assert.That(read.EarlierBatches, Is.EqualTo(facts.EarlierBatches));
        Assert.That(read.EarlierIntents, Is.EqualTo(facts.EarlierIntents));
        Assert.That(read.SecondBatches, Is.EqualTo(facts.SecondBatches));
    }

    [Test]
    public void ReadFacts_OfAnEarlierVersion_HasEmptyLists()
    {
        ShardFacts read = RunsJson.ReadFacts("""{"file_id":"file-1"}""");

        Assert.That((read.FileId, read.EarlierIntents.Count, read.SecondBatches.Count, read.EarlierBatches.Count), Is.EqualTo(("file-1", 0, 0, 0)));
    }
}
