using System.Net;
using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Promises;

public sealed class CancelledCreateTests
{
    private static readonly CreateBatchRequest Request = new() { InputFileId = "file-1", Endpoint = BatchEndpoint.ChatCompletions };

    [TestCase(HttpStatusCode.TooManyRequests)]
    [TestCase(HttpStatusCode.Unauthorized)]
    public async Task CreateAsync_CancelledOnceSentAndThenRefused_IsRefusedAndNotSentAgain(HttpStatusCode refusal)
    {
        using CancellationTokenSource source = new();
        RefusingGateway gateway = new(refusal, source.Cancel);
        int tokens = 0;
        ServiceCollection services = new();
        services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "gateway.example";
            options.TokenProvider = _ => ValueTask.FromResult($"token-{++tokens}");
            options.TimeProvider = EmulatorClock.AutoAdvancing();
        }).Control.ConfigurePrimaryHttpMessageHandler(() => gateway);
        await using ServiceProvider provider = services.BuildServiceProvider();

        BatchApiException? exception = await Assert.ThrowsAsync<BatchApiException>(
            () => provider.GetRequiredService<IBatchClient>().Batches.CreateAsync(Request, cancellationToken: source.Token));

        Assert.That(exception!.StatusCode, Is.EqualTo(refusal));
        Assert.That(gateway.Creates, Is.EqualTo(1));
    }

    /// <summary>Takes the whole create, and says no to the first only.</summary>
    private sealed class RefusingGateway(HttpStatusCode refusal, Action taken) : HttpMessageHandler
    {
        public int Creates { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            Creates++;
            taken();
            return Creates == 1
                ? new HttpResponseMessage(refusal) { Content = new StringContent("""{"error":{"message":"no"}}""") }
                : new HttpResponseMessage { Content = new StringContent("""{"id":"batch_1"}""") };
        }
    }
}
