using System.Globalization;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Files;

public sealed class ContentTests
{
    private const string Text = "0123456789";

    [Test]
    public async Task Content_Whole_HasLengthTypeAndTag()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string file = await gateway.UploadAsync(Text);

        Answer answer = await gateway.GetAsync($"/files/{file}/content");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Text, Is.EqualTo(Text));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/octet-stream"));
        Assert.That(answer.Headers["Content-Length"], Is.EqualTo("10"));
        Assert.That(answer.Headers["Accept-Ranges"], Is.EqualTo("bytes"));
        Assert.That(answer.Headers["ETag"], Does.Match("^\".+\"$"));
    }

    [TestCase("bytes=0-3", "0123", "bytes 0-3/10")]
    [TestCase("bytes=4-", "456789", "bytes 4-9/10")]
    [TestCase("bytes=8-200", "89", "bytes 8-9/10")]
    [TestCase("bytes=-3", "789", "bytes 7-9/10")]
    [TestCase("bytes=-30", Text, "bytes 0-9/10")]
    public async Task Content_OfARange_Answers206(string range, string expected, string contentRange)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.GetRangeAsync(await gateway.UploadAsync(Text), range);

        Assert.That(answer.Status, Is.EqualTo(206));
        Assert.That(answer.Text, Is.EqualTo(expected));
        Assert.That(answer.Headers["Content-Range"], Is.EqualTo(contentRange));
    }

    [Test]
    public async Task Content_BeyondTheEnd_Answers416()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.GetRangeAsync(await gateway.UploadAsync(Text), "bytes=10-");

        Assert.That(answer.Status, Is.EqualTo(416));
        Assert.That(answer.Headers["Content-Range"], Is.EqualTo("bytes */10"));
    }

    [TestCase("bytes=0-1,4-5")]
    [TestCase("lines=0-1")]
    [TestCase("garbage")]
    public async Task Content_OfARangeItDoesNotServe_AnswersTheWhole(string range)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.GetRangeAsync(await gateway.UploadAsync(Text), range);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Text, Is.EqualTo(Text));
    }

    [Test]
    public async Task Content_WithIfRange_IsPartialOnlyForTheSameFile()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string file = await gateway.UploadAsync(Text);
        Answer whole = await gateway.GetAsync($"/files/{file}/content");
        string anotherDate = gateway.Clock.GetUtcNow().AddDays(1).ToString("R", CultureInfo.InvariantCulture);

        Assert.That((await gateway.GetRangeAsync(file, "bytes=4-", whole.Headers["ETag"])).Status, Is.EqualTo(206));
        Assert.That((await gateway.GetRangeAsync(file, "bytes=4-", whole.Headers["Last-Modified"])).Status, Is.EqualTo(206));
        Assert.That((await gateway.GetRangeAsync(file, "bytes=4-", "\"another\"")).Status, Is.EqualTo(200));
        Assert.That((await gateway.GetRangeAsync(file, "bytes=4-", anotherDate)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Content_OfARangeWhereRangesAreOff_AnswersTheWhole()
    {
        await using TestGateway documented = await TestGateway.StartAsync();
        await using TestGateway switchedOff = await TestGateway.StartOpenAIAsync(options => options.Ranges = false);
        await using TestGateway switchedOn = await TestGateway.StartAsync(options => options.Ranges = true);

        Answer[] whole =
        [
            await documented.GetRangeAsync(await documented.UploadAsync(Text), "bytes=4-"),
            await switchedOff.GetRangeAsync(await switchedOff.UploadAsync(Text), "bytes=4-"),
        ];

        Assert.That(whole.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That(whole.Select(answer => answer.Text), Has.All.EqualTo(Text));
        Assert.That(whole.Select(answer => answer.Headers.ContainsKey("Accept-Ranges")), Has.All.False);
        Assert.That((await switchedOn.GetRangeAsync(await switchedOn.UploadAsync(Text), "bytes=4-")).Text, Is.EqualTo("456789"));
    }

    [Test]
    public async Task Content_OfAnEmptyFile_IsEmpty()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.GetAsync($"/files/{await gateway.UploadAsync("")}/content");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Headers["Content-Length"], Is.EqualTo("0"));
    }

    [Test]
    public async Task Content_OfAnUnknownFile_Answers404()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Answer answer = await gateway.GetAsync("/files/file-unknown/content");

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Error.Text("message"), Does.Contain("file-unknown"));
    }
}
