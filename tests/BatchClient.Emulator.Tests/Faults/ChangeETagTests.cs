using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Faults;

public sealed class ChangeETagTests
{
    private const string Text = "0123456789";

    [Test]
    public async Task ChangeETag_FromThenOn_TheFileIsAnother()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string file = await gateway.UploadAsync(Text);
        Answer before = await gateway.GetAsync($"/files/{file}/content");
        gateway.Emulator.OnFileContent.ChangeETag();

        Answer[] after = [await gateway.GetAsync($"/files/{file}/content"), await gateway.GetAsync($"/files/{file}/content")];

        Assert.That(after.Select(answer => answer.Headers["ETag"]).Distinct().Single(), Is.Not.EqualTo(before.Headers["ETag"]));
        Assert.That(after.Select(answer => answer.Headers["Last-Modified"]).Distinct().Single(), Is.Not.EqualTo(before.Headers["Last-Modified"]));
        Assert.That(after.Select(answer => answer.Text), Has.All.EqualTo(Text));
    }

    [TestCase("ETag")]
    [TestCase("Last-Modified")]
    public async Task ChangeETag_WithAnOutdatedIfRange_SendsTheWholeFile(string validator)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string file = await gateway.UploadAsync(Text);
        string old = (await gateway.GetAsync($"/files/{file}/content")).Headers[validator];
        gateway.Emulator.OnFileContent.ChangeETag();

        Answer answer = await gateway.GetRangeAsync(file, "bytes=4-", old);
        Answer next = await gateway.GetRangeAsync(file, "bytes=4-", answer.Headers[validator]);

        Assert.That((answer.Status, answer.Text), Is.EqualTo((200, Text)));
        Assert.That((next.Status, next.Text), Is.EqualTo((206, "456789")));
    }

    [Test]
    public async Task ChangeETag_OfAServerThatDoesNotCheck_SendsTheRangeWithTheNewETag()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string file = await gateway.UploadAsync(Text);
        string old = (await gateway.GetAsync($"/files/{file}/content")).Headers["ETag"];
        gateway.Emulator.OnFileContent.ChangeETag(honoursIfRange: false);

        Answer answer = await gateway.GetRangeAsync(file, "bytes=4-", old);

        Assert.That((answer.Status, answer.Text), Is.EqualTo((206, "456789")));
        Assert.That(answer.Headers["ETag"], Is.Not.EqualTo(old));
    }
}
