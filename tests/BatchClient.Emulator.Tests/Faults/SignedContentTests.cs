using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Faults;

[CancelAfter(60_000)]
public sealed class SignedContentTests
{
    private const string Text = "0123456789";

    [Test]
    public async Task RedirectToSigned_Followed_ServesTheContentOnce()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Uri address = await AddressAsync(gateway);

        Answer first = await FetchAsync(gateway, address);
        Answer second = await FetchAsync(gateway, address);

        Assert.That(address.IsLoopback, Is.True);
        Assert.That(address.Port, Is.Not.EqualTo(gateway.Emulator.Url.Port));
        Assert.That((first.Status, first.Text), Is.EqualTo((200, Text)));
        Assert.That(first.Headers["ETag"], Is.EqualTo($"\"{gateway.Ledger.FilesHeld[0]}\""));
        Assert.That(second.Status, Is.EqualTo(403));
        Assert.That(gateway.Ledger.BytesServed, Is.EqualTo(Text.Length));
    }

    [Test]
    public async Task RedirectToSigned_ForTheNextRequest_GivesAnotherAddress()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Uri first = await AddressAsync(gateway);
        Uri second = await AddressAsync(gateway, gateway.Ledger.FilesHeld[0]);

        Assert.That(second.Port, Is.EqualTo(first.Port));
        Assert.That(second.Query, Is.Not.EqualTo(first.Query));
        Assert.That((await FetchAsync(gateway, second)).Status, Is.EqualTo(200));
        Assert.That((await FetchAsync(gateway, first)).Status, Is.EqualTo(200));
    }

    [TestCase("Authorization", "Bearer emulator-key")]
    [TestCase("Cookie", "a=b")]
    [TestCase("X-TFY-Metadata", "{}")]
    public async Task SignedContent_WithAHeaderForTheGateway_Answers400AndKeepsTheSignature(string name, string value)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Uri address = await AddressAsync(gateway);

        Answer refused = await FetchAsync(gateway, address, name, value);

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("<Code>InvalidArgument</Code>").And.Not.Contain(value));
        Assert.That((await FetchAsync(gateway, address)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task SignedContent_AfterAnHour_Answers403()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Uri early = await AddressAsync(gateway);
        Uri late = await AddressAsync(gateway, gateway.Ledger.FilesHeld[0]);

        gateway.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.That((await FetchAsync(gateway, early)).Status, Is.EqualTo(200));
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await FetchAsync(gateway, late)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task SignedContent_WithAWrongSignature_Answers403()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Uri address = await AddressAsync(gateway);
        string other = await gateway.UploadAsync("other");

        Answer[] refused =
        [
            await FetchAsync(gateway, new Uri(address + "0")),
            await FetchAsync(gateway, new Uri(address.GetLeftPart(UriPartial.Path))),
            await FetchAsync(gateway, new Uri(address.ToString().Replace(gateway.Ledger.FilesHeld[0], other, StringComparison.Ordinal))),
        ];

        Assert.That(refused.Select(answer => answer.Status), Has.All.EqualTo(403));
        Assert.That((await FetchAsync(gateway, address)).Text, Is.EqualTo(Text));
    }

    [Test]
    public async Task SignedContent_WithARange_ServesIt()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        Uri address = await AddressAsync(gateway);

        Answer answer = await FetchAsync(gateway, address, "Range", "bytes=4-");

        Assert.That((answer.Status, answer.Text), Is.EqualTo((206, "456789")));
    }

    [Test]
    public async Task SignedContent_WithOptionsThatChangeAfterTheStart_ServesAsItStarted()
    {
        EmulatorOptions options = null!;
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync(started => options = started);
        options.Ranges = false;
        Uri address = await AddressAsync(gateway);

        Assert.That((await FetchAsync(gateway, address, "Range", "bytes=4-")).Status, Is.EqualTo(206));
    }

    [Test]
    public async Task SignedContent_InTheLedger_HidesTheSignature()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Uri address = await AddressAsync(gateway);

        await FetchAsync(gateway, address);

        LedgerRequest request = gateway.Ledger.Requests[^1];
        Assert.That(request.Route, Is.EqualTo("SignedContent").And.EqualTo(gateway.Emulator.OnSignedContent.Name));
        Assert.That(request.Target, Does.EndWith("&signature=[redacted]").And.Contain("expires=1767229200"));
        Assert.That(request.Status, Is.EqualTo(200));
        Assert.That(gateway.Ledger.Count(gateway.Emulator.OnSignedContent), Is.EqualTo(1));
    }

    [Test]
    public async Task OnSignedContent_WithFaults_MeetsThem()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        Uri address = await AddressAsync(gateway);
        gateway.Emulator.OnSignedContent.Answer(503);
        gateway.Emulator.OnAnyCall.Every(2).Answer(500);

        Answer[] answers = [await FetchAsync(gateway, address), await FetchAsync(gateway, address), await FetchAsync(gateway, address)];

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 503, 500, 200 }));
    }

    [Test]
    public async Task RedirectToSigned_WithoutAccessOrFile_IsNoRedirect()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Emulator.OnFileContent.Always.RedirectToSigned();
        HttpRequestMessage request = gateway.Request(HttpMethod.Get, "/files/x/content");
        request.Headers.Authorization = null;

        Assert.That((await gateway.SendAsync(request)).Status, Is.EqualTo(401));
        Assert.That((await gateway.GetAsync("/files/x/content")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task RedirectToSigned_OnAnotherCall_Throws()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Assert.That(() => gateway.Emulator.OnGetFile.RedirectToSigned(), Throws.InvalidOperationException.With.Message.Contains("OnFileContent"));
        Assert.That(() => gateway.Emulator.OnAnyCall.Every(2).RedirectToSigned(), Throws.InvalidOperationException);
        Assert.That(() => gateway.Emulator.OnSignedContent.RedirectToSigned(), Throws.InvalidOperationException);
        Assert.That(() => gateway.Emulator.OnGetFile.ChangeETag(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task DisposeAsync_AfterASignedAddress_ClosesTheSecondPortToo()
    {
        TestGateway gateway = await TestGateway.StartAsync();
        Uri address = await AddressAsync(gateway);

        await gateway.Emulator.DisposeAsync();

        Assert.That(async () => await FetchAsync(gateway, address), Throws.InstanceOf<HttpRequestException>());
        await gateway.DisposeAsync();
    }

    private static async Task<Uri> AddressAsync(TestGateway gateway, string? file = null)
    {
        file ??= await gateway.UploadAsync(Text);
        gateway.Emulator.OnFileContent.RedirectToSigned();
        Answer answer = await gateway.GetAsync($"/files/{file}/content");
        Assert.That(answer.Status, Is.EqualTo(302));
        return new Uri(answer.Headers["Location"]);
    }

    private static Task<Answer> FetchAsync(TestGateway gateway, Uri address, string? header = null, string? value = null)
    {
        HttpRequestMessage request = new(HttpMethod.Get, address);
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, value);
        return gateway.SendAsync(request);
    }
}
