using System.Globalization;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Http;

public sealed class RoutingTests
{
    [TestCase("GET", "/models")]
    [TestCase("GET", "/batches/")]
    [TestCase("GET", "/batches/a/b")]
    [TestCase("POST", "/batches/a/cancel/b")]
    public async Task Send_ToAnUnknownPath_AnswersLikeAFramework(string method, string path)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.SendAsync(gateway.Request(new HttpMethod(method), path));

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Text, Is.EqualTo("""{"detail":"Not Found"}"""));
        Assert.That(gateway.Ledger.Requests.Single().Route, Is.Empty);
    }

    [TestCase("PUT", "/batches")]
    [TestCase("DELETE", "/batches/a")]
    public async Task Send_WithAnotherMethod_Answers405(string method, string path)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.SendAsync(gateway.Request(new HttpMethod(method), path));

        Assert.That(answer.Status, Is.EqualTo(405));
        Assert.That(answer.Text, Is.EqualTo("""{"detail":"Method Not Allowed"}"""));
    }

    [TestCase("batch_x", "batch_x")]
    [TestCase("arn%253Aaws%253Abatch", "arn%3Aaws%3Abatch")]
    [TestCase("gs%3A%2F%2Fbucket%2Fjob", "gs://bucket/job")]
    [TestCase("-_", "-_")]
    public async Task Get_WithAnEscapedId_DecodesItOnce(string sent, string seen)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        Answer answer = await gateway.GetAsync($"/batches/{sent}");

        Assert.That(answer.Status, Is.EqualTo(404));
        Assert.That(answer.Error.Text("message"), Is.EqualTo($"No batch found with id '{seen}'."));
        Assert.That(answer.Error.IsNull("code"), Is.True);
        Assert.That(gateway.Ledger.Requests.Single().Target, Does.EndWith($"/batches/{sent}"));
    }

    [Test]
    public async Task Send_Anything_IsAnsweredWithARequestIdAndTheClocksDate()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        gateway.Clock.Advance(TimeSpan.FromDays(40));

        Answer[] answers = [await gateway.GetAsync("/files"), await gateway.GetAsync("/batches/x"), await gateway.GetAsync("/nothing")];

        Assert.That(answers.Select(answer => answer.Headers["x-request-id"]), Is.Unique.And.All.Not.Empty);
        string date = gateway.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        Assert.That(answers.Select(answer => answer.Headers["Date"]), Has.All.EqualTo(date));
    }

    [TestCase(404, """{"detail":"Not Found"}""")]
    [TestCase(405, """{"detail":"Method Not Allowed"}""")]
    [TestCase(501, "")]
    public async Task Send_ToACallThatIsOff_AnswersTheUnsupportedStatus(int status, string body)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options =>
        {
            options.UnsupportedStatus = status;
            options.FileList = false;
        });
        string batch = await gateway.CreateFromAsync(TestGateway.Lines(1));

        Answer[] answers = [await gateway.GetAsync("/batches"), await gateway.CancelAsync(batch), await gateway.GetAsync("/files")];

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(status));
        Assert.That(answers.Select(answer => answer.Text), Has.All.EqualTo(body));
    }

    [Test]
    public async Task Send_ToCallsThatWereSwitchedOn_Works()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options => options.BatchList = options.Cancel = true);
        string batch = await gateway.CreateFromAsync(TestGateway.Lines(1));

        Assert.That((await gateway.GetAsync("/batches")).Json.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await gateway.CancelAsync(batch)).Json.Text("status"), Is.EqualTo("cancelling"));
    }

    [Test]
    public async Task Send_ToCallsThatWereSwitchedOff_OverrulesThePersonality()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync(options => options.BatchList = options.Cancel = options.FileList = false);
        string batch = await gateway.CreateFromAsync(TestGateway.Lines(1));

        Answer[] answers = [await gateway.GetAsync("/batches"), await gateway.CancelAsync(batch), await gateway.GetAsync("/files")];

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(404));
    }
}
