using System.Net;
using BatchGateway.Internal.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Wire;

public sealed class RedirectTests
{
    private static readonly WireCall[] NotContent = [.. WireCall.All.Where(call => call != WireCall.Content)];
    private static readonly int[] Statuses = [300, 301, 302, 303, 304, 307, 308];
    private static readonly int[] Followed = [301, 302, 303, 307, 308];

    private static IEnumerable<TestCaseData> NotContentStatuses =>
        from call in NotContent from status in Statuses select new TestCaseData(call, status);

    [TestCaseSource(nameof(NotContentStatuses))]
    public async Task Send_Redirect_IsNotFollowedAndTheTargetIsNamed(object of, int status)
    {
        WireCall call = (WireCall)of;
        await using RawServer other = new();
        await using RawServer server = new(RawAnswer.Json(status, "", $"Location: {other.Origin}/secret/path?sig=s3cr3t"));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => call.SendAsyncTo(client)))!;

        Assert.That((int)refused.StatusCode, Is.EqualTo(status));
        Assert.That(refused.Message, Does.Contain($"redirects to {other.Origin},").And.Contain("not followed with credentials").And.Not.Contain("s3cr3t"));
        Assert.That((server.Requests.Count, other.Requests.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Send_RedirectWithUserInformation_NamesOnlyTheOrigin()
    {
        await using RawServer server = new(RawAnswer.Json(302, "", "Location: https://user:s3cr3t@elsewhere.example/x"));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("b")))!;

        Assert.That(refused.Message, Does.Contain("redirects to https://elsewhere.example,").And.Not.Contain("s3cr3t"));
    }

    [TestCaseSource(nameof(Followed))]
    public async Task Content_RedirectedToAnotherOrigin_IsFollowedWithoutAnyOfOurHeaders(int status)
    {
        CapturedLog log = new();
        await using RawServer other = new(RawAnswer.Text(200, "the content", "application/octet-stream", "ETag: \"v1\""));
        await using RawServer server = new(RawAnswer.Json(status, "", $"Location: {other.Origin}/blob?sig=s3cr3t", "Set-Cookie: a=b"));
        using OwnedBatchClient client = WireClient.Of(server, options =>
        {
            options.GatewayMetadata["team"] = "search";
            options.Headers["x-client"] = "c";
        }, log);

        await using BatchFileContent content = await client.Files.GetContentAsync("file-1", new BatchCallOptions { Headers = { ["x-call"] = "c", ["Cookie"] = "c=d" } });
        using StreamReader reader = new(content.Stream);

        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("the content"));
        Assert.That(content.ETag, Is.EqualTo("\"v1\""));
        Assert.That(other.Single.Headers.Select(header => header.Key), Is.EqualTo(new[] { "Host" }));
        Assert.That($"{other.Single.Method} {other.Single.Target}", Is.EqualTo("GET /blob?sig=s3cr3t"));
        Assert.That(log.Events.Select(entry => (entry.Id, entry.Text.Contains("s3cr3t", StringComparison.Ordinal))), Is.EqualTo(new[] { (3, false) }));
    }

    [Test]
    public async Task Content_FailureAfterTheRedirect_IsRepeatedThereAndStillWithoutHeaders()
    {
        await using RawServer other = new(RawAnswer.Json(503, ""), RawAnswer.Reset, WireCall.Content.Success);
        await using RawServer server = new(RawAnswer.Json(302, "", $"Location: {other.Origin}/blob"));
        using OwnedBatchClient client = WireClient.Of(server);

        await WireCall.Content.SendAsyncTo(client);

        Assert.That(other.Requests.SelectMany(request => request.Headers).Select(header => header.Key).Distinct(), Is.EqualTo(new[] { "Host" }));
        Assert.That((server.Requests.Count, other.Requests.Count), Is.EqualTo((1, 3)));
    }

    [TestCase(403)]
    [TestCase(410)]
    public async Task Content_RefusedAfterTheRedirect_IsAskedForAnewAtTheGatewayOnce(int status)
    {
        RawAnswer refusal = RawAnswer.Json(status, "<Error><Code>AccessDenied</Code></Error>");
        await using RawServer other = new(refusal, refusal);
        RawAnswer redirect = RawAnswer.Json(302, "", $"Location: {other.Origin}/blob");
        await using RawServer server = new(redirect, redirect);
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Files.GetContentAsync("file-1")))!;

        Assert.That(refused.StatusCode, Is.EqualTo((HttpStatusCode)status));
        Assert.That(other.Requests.SelectMany(request => request.Headers).Select(header => header.Key).Distinct(), Is.EqualTo(new[] { "Host" }));
        Assert.That((server.Requests.Count, other.Requests.Count), Is.EqualTo((2, 2)));
    }

    [TestCase("/blob/a%7Eb%2Fc%41?sig=%2Bx%41%3D&y=%20z", "/blob/a%7Eb%2Fc%41?sig=%2Bx%41%3D&y=%20z")]
    [TestCase("blob", "/v1/files/file-1/blob")]
    [TestCase("../blob?a=b#fragment", "/v1/files/blob?a=b")]
    [TestCase("?token=1", "/v1/files/file-1/content?token=1")]
    public async Task Content_RelativeRedirect_IsResolvedAndSentUnchanged(string location, string target)
    {
        await using RawServer server = new(RawAnswer.Json(302, "", $"Location: {location}"), WireCall.Content.Success);
        using OwnedBatchClient client = WireClient.Of(server, options => options.ApiPath = "v1");

        await WireCall.Content.SendAsyncTo(client);

        Assert.That(server.Requests[1].Target, Is.EqualTo(target));
        Assert.That(server.Requests[1]["Authorization"], Is.Null);
    }

    [TestCase("/blob/a%7Eb%2Fc%41/../d?sig=%2Bx%41%3D&y=%20z")]
    [TestCase("/b%c3%a4?s=%c3%a4")]
    public async Task Content_AbsoluteRedirect_IsSentUnchanged(string target)
    {
        await using RawServer other = new(WireCall.Content.Success);
        await using RawServer server = new(RawAnswer.Json(302, "", $"Location: {other.Origin}{target}"));
        using OwnedBatchClient client = WireClient.Of(server);

        await WireCall.Content.SendAsyncTo(client);

        Assert.That(other.Single.Target, Is.EqualTo(target), "a signature covers every byte");
    }

    [Test]
    public async Task Content_RedirectLoop_Ends()
    {
        await using RawServer server = new() { Otherwise = RawAnswer.Json(302, "", "Location: /again") };
        using OwnedBatchClient client = WireClient.Of(server);

        BatchApiException refused = (await Assert.ThrowsAsync<BatchApiException>(() => client.Files.GetContentAsync("file-1")))!;

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(server.Requests, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Content_RedirectRefusedAtTheSocket_IsAResponseExceptionAndNotRepeated()
    {
        await using RawServer server = new(RawAnswer.Json(302, "", "Location: https://storage.example/blob"));
        ServiceCollection services = new();
        IBatchClientBuilder builder = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = server.Origin;
            options.ApiKey = WireClient.Key;
        });
        int refused = 0;
        builder.Transfer.ConfigurePrimaryHttpMessageHandler((handler, _) =>
        {
            SocketsHttpHandler sockets = (SocketsHttpHandler)handler;
            Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> ours = sockets.ConnectCallback!;
            sockets.ConnectCallback = (context, cancellationToken) => context.DnsEndPoint.Host == "storage.example"
                ? throw new RedirectRefusedException($"{context.DnsEndPoint.Host} number {++refused}")
                : ours(context, cancellationToken);
        });
        await using ServiceProvider provider = services.BuildServiceProvider();

        BatchResponseException failed = (await Assert.ThrowsAsync<BatchResponseException>(
            () => provider.GetRequiredService<IBatchClient>().Files.GetContentAsync("file-1")))!;

        Assert.That(failed.Message, Does.Contain("storage.example number 1").And.Contain("loopback or link-local").And.Contain("Nothing was downloaded"));
        Assert.That((failed.StatusCode, refused), Is.EqualTo((HttpStatusCode.Found, 1)));
    }

    [TestCase("Location: file:///etc/passwd")]
    [TestCase("Location: ftp://127.0.0.1/x")]
    [TestCase("Location: http://elsewhere.example/x?sig=s3cr3t")]
    [TestCase("x-no-location: 1")]
    public async Task Content_RedirectThatMustNotBeFollowed_IsAResponseException(string header)
    {
        await using RawServer server = new(RawAnswer.Json(302, "", header, "x-request-id: req_7"));
        using OwnedBatchClient client = WireClient.Of(server);

        BatchResponseException refused = (await Assert.ThrowsAsync<BatchResponseException>(() => client.Files.GetContentAsync("file-1")))!;

        Assert.That(refused.Message, Does.Contain("is not followed").And.Contain("Nothing was downloaded").And.Not.Contain("s3cr3t"));
        Assert.That((refused.StatusCode, refused.RequestId), Is.EqualTo((HttpStatusCode.Found, "req_7")));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }
}
