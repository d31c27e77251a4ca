using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Http;

/// <summary>Which calls a personality has, and from which files it makes a batch, with no option set.</summary>
public sealed class PersonalityCallsTests
{
    [TestCase(EmulatorPersonality.Documented, 404, 404, 200)]
    [TestCase(EmulatorPersonality.OpenAI, 200, 200, 206)]
    [TestCase(EmulatorPersonality.Azure, 200, 200, 206)]
    public async Task Send_ToEveryCall_IsAnsweredAsThePersonalityHasIt(EmulatorPersonality personality, int list, int cancel, int range)
    {
        await using TestGateway gateway = await StartAsync(personality);
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        string batch = await gateway.CreateAsync(file);
        HttpRequestMessage part = gateway.Request(HttpMethod.Get, $"/files/{file}/content");
        part.Headers.Add("Range", "bytes=0-4");

        Assert.That((await gateway.GetAsync("/batches")).Status, Is.EqualTo(list));
        Assert.That((await gateway.CancelAsync(batch)).Status, Is.EqualTo(cancel));
        Assert.That((await gateway.SendAsync(part)).Status, Is.EqualTo(range));
        Assert.That((await gateway.GetAsync($"/batches/{batch}/output")).Status, Is.EqualTo(404));
        Assert.That((await gateway.GetAsync("/files")).Status, Is.EqualTo(200));
    }

    [TestCase(EmulatorPersonality.Documented, 200)]
    [TestCase(EmulatorPersonality.OpenAI, 400)]
    [TestCase(EmulatorPersonality.Azure, 400)]
    public async Task Create_FromAFileForAnotherPurpose_IsTakenAsThePersonalityHasIt(EmulatorPersonality personality, int status)
    {
        await using TestGateway gateway = await StartAsync(personality);
        string file = await gateway.UploadAsync(TestGateway.Lines(1), purpose: "user_data");
        gateway.Clock.Advance(TimeSpan.FromSeconds(5));

        Answer answer = await gateway.TryCreateAsync(file);

        Assert.That(answer.Status, Is.EqualTo(status));
        if (status == 400)
            Assert.That(answer.Error.Text("message"), Does.Contain("'user_data'"));
    }

    private static Task<TestGateway> StartAsync(EmulatorPersonality personality) => TestGateway.StartAsync(options => options.Personality = personality);
}
