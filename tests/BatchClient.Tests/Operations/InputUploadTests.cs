using System.Net;
using System.Text;
using BatchGateway.Emulator;
using BatchGateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Operations;

/// <summary>Gateways that take an uploaded file in only after a while, and refuse a batch until then.</summary>
public sealed class InputUploadTests
{
    private static readonly BatchRequestLine[] Lines = [BatchRequestLine.Chat("a", "gpt-4o-mini", "Hello")];

    [Test]
    public async Task PrepareAsync_FileIsPending_WaitsUntilItIsProcessed()
    {
        Gateway gateway = new("pending", "pending", "pending", "processed");
        await using ServiceProvider services = gateway.Services();

        PreparedBatch prepared = await services.GetRequiredService<IBatchClient>().PrepareAsync(Lines);

        Assert.That(prepared.InputFile.Status, Is.EqualTo(FileStatus.Processed));
        Assert.That(gateway.Methods, Is.EqualTo(new[] { "POST", "GET", "GET", "GET" }));
        Assert.That(gateway.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task PrepareAsync_FileEndsInAnError_SaysWhyAndDeletesIt()
    {
        Gateway gateway = new("pending", "error");
        await using ServiceProvider services = gateway.Services();

        BatchInputException? exception = await Assert.ThrowsAsync<BatchInputException>(() => services.GetRequiredService<IBatchClient>().PrepareAsync(Lines));

        Assert.That(exception!.Message, Does.Contain("line 1 is odd"));
        Assert.That(gateway.Methods[^1], Is.EqualTo("DELETE"));
    }

    [Test]
    public async Task PrepareAsync_FileStaysPending_GivesUpAfterTenMinutesAndDeletesIt()
    {
        Gateway gateway = new("pending");
        await using ServiceProvider services = gateway.Services();

        Assert.That(
            async () => await services.GetRequiredService<IBatchClient>().PrepareAsync(Lines),
            Throws.InstanceOf<BatchClientException>().With.Message.Contains("10 minutes"));
        Assert.That(gateway.Elapsed, Is.InRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11)));
        Assert.That(gateway.Methods[^1], Is.EqualTo("DELETE"));
    }

    /// <summary>Tells one status of its file after the other; the last one stays.</summary>
    private sealed class Gateway(params string[] statuses)
    {
        private readonly EmulatorClock _clock = EmulatorClock.AutoAdvancing();
        private readonly Queue<string> _statuses = new(statuses);

        public List<string> Methods { get; } = [];

        public TimeSpan Elapsed => _clock.GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public ServiceProvider Services()
        {
            ServiceCollection services = new();
            IBatchClientBuilder builder = services.AddBatchClient(options =>
            {
                options.ControlPlaneUrl = "gateway.example";
                options.ApiKey = "key";
                options.TimeProvider = _clock;
            });
            builder.Control.ConfigurePrimaryHttpMessageHandler(() => new StubHandler(Answer));
            builder.Transfer.ConfigurePrimaryHttpMessageHandler(() => new StubHandler(Answer));
            return services.BuildServiceProvider();
        }

        private HttpResponseMessage Answer(StubRequest request)
        {
            Methods.Add(request.Method);
            string status = _statuses.Count > 1 ? _statuses.Dequeue() : _statuses.Peek();
            return StubHandler.Answer(HttpStatusCode.OK, Encoding.UTF8.GetBytes($$"""{"id":"file-1","status":"{{status}}","status_details":"line 1 is odd"}"""));
        }
    }
}
