using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Settings;

public sealed class RunsJsonTests
{
    [Test]
    public void ReadSettings_WhatWasWritten_IsTheSame()
    {
        RunSettings settings = new()
        {
            Address = new RunAddress { Client = "eu", ControlPlaneUrl = "https://acme.example", ApiPath = "v1", Provider = "main" },
            Limits = BatchLimits.OpenAI with { MaxCustomIdLength = null, MinLines = 7 },
            MaxAttempts = 2,
            CompletionWindow = null,
            OutputExpiresAfter = TimeSpan.FromHours(3),
            Price = new TokenPrice(1.5m, 2),
            Cleanup = BatchRunCleanup.All,
            Endpoint = "/v1/embeddings",
        };

        Assert.That(RunsJson.ReadSettings(RunsJson.Write(settings)), Is.EqualTo(settings));
    }

    [Test]
    public void ReadFacts_WhatWasWritten_IsTheSame()
    {
        ShardFacts facts = new() { FileId = "file-1", EarlierBatches = ["batch-1"], Expiries = 2, IntentAt = DateTimeOffset.UnixEpoch };

        ShardFacts read = RunsJson.ReadFacts(RunsJson.Write(facts));

        Assert.That(read with { EarlierBatches = facts.EarlierBatches }, Is.EqualTo(facts));
        Assert.That(read.EarlierBatches, Is.EqualTo(facts.EarlierBatches));
    }
}
