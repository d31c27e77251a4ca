using System.Net;
using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Promises;

public sealed class HedgedCreateTests
{
    private static readonly CreateBatchRequest Request = new() { InputFileId = "file-1", Endpoint = BatchEndpoint.ChatCompletions };

    [Test]
    public async Task CreateAsync_HedgedWhileARefusedTokenIsAskedForAnew_IsSentOnce()
    {
        TaskCompletionSource isAskedAnew = new(), goOn = new();
        int tokens = 0;
        CountingGateway gateway = new();
        ServiceCollection services = new();
        IBatchClientBuilder builder = services.AddBatchClient(options =>
        {
            options.ControlPlaneUrl = "gateway.example";
            options.TimeProvider = EmulatorClock.AutoAdvancing();
            options.TokenProvider = async _ =>
            {
                if (Interlocked.Increment(ref tokens) == 2)
                {
                    isAskedAnew.SetResult();
                    await goOn.Task;
                }

                return "key";
            };
        });
        builder.Control.ConfigurePrimaryHttpMessageHandler(() => gateway);
        builder.Control.AddHttpMessageHandler(() => new HedgingHandler(isAskedAnew.Task, goOn));
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(
            async () => await provider.GetRequiredService<IBatchClient>().Batches.CreateAsync(Request), Throws.InstanceOf<BatchClientException>());
        Assert.That(gateway.Creates, Is.EqualTo(1));
    }

    /// <summary>Refuses the token of the first create and takes all others.</summary>
    private sealed class CountingGateway : HttpMessageHandler
    {
        private int _creates;

        public int Creates => _creates;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return Interlocked.Increment(ref _creates) == 1
                ? new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("{}") }
                : new HttpResponseMessage { Content = new StringContent("""{"id":"batch_1"}""") };
        }
    }

    /// <summary>Sends a second copy while the first is on its way, and takes the first's end for the end.</summary>
    private sealed class HedgingHandler(Task first, TaskCompletionSource goOn) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Task<HttpResponseMessage> sent = base.SendAsync(request, cancellationToken);
            await first;
            await base.SendAsync(request, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            goOn.SetResult();
            return await sent;
        }
    }
}
