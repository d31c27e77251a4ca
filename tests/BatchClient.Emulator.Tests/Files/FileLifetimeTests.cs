using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Files;

public sealed class FileLifetimeTests
{
    [TestCase(EmulatorPersonality.Documented, "batch", false)]
    [TestCase(EmulatorPersonality.Azure, "batch", false)]
    [TestCase(EmulatorPersonality.OpenAI, "batch", true)]
    [TestCase(EmulatorPersonality.OpenAI, "user_data", false)]
    public async Task Upload_OfAFile_ExpiresAfterThirtyDaysWithOpenAIsBatchesOnly(EmulatorPersonality personality, string purpose, bool expires)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.Personality = personality);

        Answer uploaded = await gateway.UploadAsync(new StringContent("x"), purpose: purpose);
        JsonElement expiry = uploaded.Json.GetProperty("expires_at");
        gateway.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Answer before = await gateway.GetAsync($"/files/{uploaded.Id}");
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Answer after = await gateway.GetAsync($"/files/{uploaded.Id}");

        Assert.That(expiry.ValueKind, Is.EqualTo(expires ? JsonValueKind.Number : JsonValueKind.Null));
        Assert.That((before.Status, after.Status), Is.EqualTo((200, expires ? 404 : 200)));
        Assert.That(gateway.Ledger.FilesHeld, Has.Count.EqualTo(expires ? 0 : 1));
    }
}
