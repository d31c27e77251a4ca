using System.Net;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Clock;

[CancelAfter(60_000)]
public sealed class ClockUnderRequestsTests
{
    [Test]
    public async Task Delay_WhileARequestIsUnderWay_WaitsForIt()
    {
        await using TestGateway gateway = await StartAsync();
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Answer> upload = gateway.UploadAsync(new PausingContent(goOn.Task));
        await gateway.ArrivedAsync(gateway.Emulator.OnUploadFile);

        Task delay = Task.Delay(TimeSpan.FromDays(1), gateway.Clock);
        await Pool.LetItWorkAsync();
        bool jumped = delay.IsCompleted;
        goOn.SetResult();
        await Task.WhenAll(upload, delay);

        Assert.That(jumped, Is.False);
        Assert.That((await upload).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Delay_InsideARequest_EndsAllTheSame()
    {
        await using TestGateway gateway = await StartAsync();

        Answer answer = await gateway.UploadAsync(new PausingContent(() => Task.Delay(TimeSpan.FromHours(1), gateway.Clock)));

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Delay_WhileARequestHangs_Ends()
    {
        await using TestGateway gateway = await StartAsync();
        gateway.Emulator.OnListFiles.Hang();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(100), gateway.Clock);
        Task<HttpResponseMessage> hanging = gateway.SendForHeadersAsync(gateway.Request(HttpMethod.Get, "/files"), limit.Token);

        await Task.Delay(TimeSpan.FromSeconds(101), gateway.Clock);

        Assert.That(async () => await hanging, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Responder_AtWork_SeesTheClockStandStill()
    {
        using ManualResetEventSlim atWork = new();
        using ManualResetEventSlim goOn = new();
        await using TestGateway gateway = await StartAsync(options => options.Script = new()
        {
            Responder = request =>
            {
                atWork.Set();
                goOn.Wait();
                return EmulatedResponse.Default(request);
            },
        });
        string id = await gateway.CreateFromAsync(TestGateway.Lines(1));
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        Task looking = gateway.BatchAsync(id);
        await Task.Run(atWork.Wait);

        Task delay = Task.Delay(TimeSpan.FromDays(1), gateway.Clock);
        await Pool.LetItWorkAsync();
        bool jumped = delay.IsCompleted;
        goOn.Set();
        await Task.WhenAll(looking, delay);

        Assert.That(jumped, Is.False);
    }

    [Test]
    public async Task TimeLimits_OfManyWhoPollAtOnce_NeverRunOut()
    {
        await using TestGateway gateway = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RunAsync()));

        Assert.That(gateway.Ledger.BatchesCreated, Has.Count.EqualTo(16));

        async Task RunAsync()
        {
            string id = await gateway.CreateFromAsync(TestGateway.Lines(50)).ConfigureAwait(false);
            string? status = null;
            while (status != "completed")
            {
                await Task.Delay(TimeSpan.FromSeconds(30), gateway.Clock).ConfigureAwait(false);
                using CancellationTokenSource limit = new(TimeSpan.FromMinutes(10), gateway.Clock);
                using HttpResponseMessage response = await gateway
                    .SendForHeadersAsync(gateway.Request(HttpMethod.Get, $"/batches/{id}"), limit.Token).ConfigureAwait(false);
                status = (await Answer.ReadAsync(response).ConfigureAwait(false)).Json.Text("status");
            }
        }
    }

    private static Task<TestGateway> StartAsync(Action<EmulatorOptions>? configure = null) => TestGateway.StartAsync(options =>
    {
        options.Clock = EmulatorClock.AutoAdvancing();
        configure?.Invoke(options);
    });

    /// <summary>A file of two bytes, with a pause between them.</summary>
    private sealed class PausingContent(Func<Task> pause) : HttpContent
    {
        public PausingContent(Task pause)
            : this(() => pause)
        {
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("a"u8.ToArray());
            await stream.FlushAsync();
            await pause();
            await stream.WriteAsync("b"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 2;
            return true;
        }
    }
}
