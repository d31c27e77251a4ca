using System.Net;
using System.Text;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Http;

public sealed class ApiErrorsTests
{
    private const string OwnError = """{"error":{"message":"No such batch.","code":"not_found"}}""";

    [TestCase(405, OwnError, true)]
    [TestCase(501, "", true)]
    [TestCase(404, OwnError, false)]
    [TestCase(404, """[{"error":{"message":"No such batch."}}]""", false)]
    [TestCase(404, """{"detail":"Not Found"}""", true)]
    [TestCase(404, "<html><title>404</title></html>", true)]
    [TestCase(404, "", true)]
    [TestCase(400, """{"detail":"Not Found"}""", false)]
    [TestCase(500, "", false)]
    public async Task IsRouteUnsupported_CallOnAnItem_IsTold(int status, string body, bool unsupported)
    {
        BatchApiException refusal = await RefusedAsync(status, body, client => client.Batches.CancelAsync("batch_1"));

        Assert.That(refusal.IsRouteUnsupported, Is.EqualTo(unsupported));
        Assert.That(refusal.Message.Contains("has no such call", StringComparison.Ordinal), Is.EqualTo(unsupported));
    }

    [TestCase(404, OwnError, true)]
    [TestCase(404, "", true)]
    [TestCase(405, "", true)]
    [TestCase(501, "", true)]
    [TestCase(403, "", false)]
    public async Task IsRouteUnsupported_CallOnACollection_IsTold(int status, string body, bool unsupported) =>
        Assert.That((await RefusedAsync(status, body, client => client.Batches.ListPageAsync())).IsRouteUnsupported, Is.EqualTo(unsupported));

    [TestCase(404, OwnError, false)]
    [TestCase(404, """{"detail":"Not Found"}""", true)]
    [TestCase(405, "", true)]
    public async Task IsRouteUnsupported_Create_IsTold(int status, string body, bool unsupported) =>
        Assert.That(
            (await RefusedAsync(status, body, client => client.Batches.CreateAsync(new CreateBatchRequest { InputFileId = "file-1", Endpoint = BatchEndpoint.ChatCompletions })))
                .IsRouteUnsupported,
            Is.EqualTo(unsupported));

    [Test]
    public async Task Refusal_Answer_KeepsWhatTheGatewaySaid()
    {
        BatchApiException refusal = await RefusedAsync(
            400,
            """{"error":{"message":"No such model.","type":"invalid_request_error","param":"model","code":"model_not_found"}}""",
            client => client.Batches.GetAsync("batch_1"),
            response => response.Headers.Add("x-request-id", "req-7"));

        Assert.That(refusal.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refusal.RequestId, Is.EqualTo("req-7"));
        Assert.That(refusal.Error.Code, Is.EqualTo(BatchErrorCode.ModelNotFound));
        Assert.That(refusal.Error.Param, Is.EqualTo("model"));
        Assert.That(refusal.Body, Does.StartWith("{\"error\""));
        Assert.That(refusal.Message, Does.Contain("batch_1").And.Contain("400").And.Contain("model_not_found").And.Contain("No such model."));
    }

    [Test]
    public async Task Refusal_AnswerRepeatsTheKey_TheKeyIsBlottedOut()
    {
        BatchApiException refusal = await RefusedAsync(
            401,
            """{"error":{"message":"Bad key stub-key.","type":"stub-key","code":"stub-key","param":"stub-key","hint":"stub-key"}}""",
            client => client.Batches.GetAsync("batch_1"));

        Assert.That(refusal.ToString() + refusal.Body + ModelText.Of(refusal.Error), Does.Not.Contain("stub-key"));
    }

    [TestCase("120", 120)]
    [TestCase("0", 0)]
    [TestCase("Sun, 01 Jan 2023 00:05:00 GMT", 300, TestName = "RetryAfter_Date_IsMeasuredAgainstTheAnswersOwnDate")]
    [TestCase("Sat, 31 Dec 2022 23:00:00 GMT", 0, TestName = "RetryAfter_DateThatHasPassed_IsZero")]
    public async Task RetryAfter_Form_IsRead(string value, int seconds)
    {
        BatchApiException refusal = await RefusedAsync(429, "", client => client.Batches.GetAsync("batch_1"), response =>
        {
            response.Headers.Date = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
            response.Headers.TryAddWithoutValidation("Retry-After", value);
        });

        Assert.That(refusal.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public async Task RetryAfter_DateInAnAnswerWithoutDate_IsMeasuredAgainstTheClock()
    {
        StandingClock clock = new(new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero));
        BatchApiException refusal = await RefusedAsync(
            503,
            "",
            client => client.Batches.GetAsync("batch_1"),
            response => response.Headers.TryAddWithoutValidation("Retry-After", "Sun, 01 Jan 2023 00:01:00 GMT"),
            options => options.TimeProvider = clock);

        Assert.That(refusal.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(1)));
    }

    [TestCase(null)]
    [TestCase("soon")]
    public async Task RetryAfter_NothingThatCanBeRead_IsNull(string? value) =>
        Assert.That(
            (await RefusedAsync(429, "", client => client.Batches.GetAsync("batch_1"), response =>
            {
                if (value is not null)
                    response.Headers.TryAddWithoutValidation("Retry-After", value);
            })).RetryAfter,
            Is.Null);

    [Test]
    public async Task Refusal_KeyInTheTargetOfARedirect_IsNotTold()
    {
        BatchApiException refusal = await RefusedAsync(
            307,
            "",
            client => client.Batches.GetAsync("batch_1"),
            response => response.Headers.TryAddWithoutValidation("Location", "https://sk-abcdef0123.example/x"),
            options => options.ApiKey = "sk-ABCDEF0123");

        Assert.That(refusal.Message, Does.Contain("https://***.example"));
    }

    [Test]
    public async Task Refusal_KeyInTheNameOfAMember_IsNotKept()
    {
        BatchApiException refusal = await RefusedAsync(
            400,
            """{"error":{"message":"No.","\u0073k-ABCDEF0123":1,"x":{"y":"\u0073k-ABCDEF0123"},"z":1}}""",
            client => client.Batches.GetAsync("batch_1"),
            configure: options => options.ApiKey = "sk-ABCDEF0123");

        Assert.That(refusal.Error.AdditionalProperties.Keys, Is.EqualTo(new[] { "z" }));
    }

    private static async Task<BatchApiException> RefusedAsync(
        int status,
        string body,
        Func<IBatchClient, Task> call,
        Action<HttpResponseMessage>? refine = null,
        Action<BatchGatewayOptions>? configure = null)
    {
        using StubbedClient gateway = new(
            new StubHandler(_ =>
            {
                HttpResponseMessage response = StubHandler.Answer((HttpStatusCode)status, Encoding.UTF8.GetBytes(body));
                refine?.Invoke(response);
                return response;
            }),
            configure);
        return (await Assert.ThrowsAsync<BatchApiException>(async () => await call(gateway.Client)))!;
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
