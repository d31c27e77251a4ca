using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BatchGateway.Emulator.Internal;

/// <summary>One request and its answer. The clock does not jump meanwhile, unless the client lets it stall.</summary>
internal sealed class Exchange(HttpContext context, EmulatorClock clock, RequestLog log, CancellationToken stopping) : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private ClockHold _hold = clock.HoldWhileRenewed();
    private LedgerRequest? _arrival;

    public HttpRequest Request => context.Request;

    public string RawTarget { get; } = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>The provider account that the call names; null when it names none.</summary>
    public string? Provider { get; } = HeaderOrNull(context, GatewayHeaderNames.Provider);

    public CancellationToken Gone => context.RequestAborted;

    /// <summary>What a fault wants the work itself to do differently.</summary>
    public ContentTwist Twist { get; set; }

    /// <summary>Writes down the arrival.</summary>
    public LedgerRequest Enter(string route) => _arrival = log.Add(new LedgerRequest(
        0, clock.GetUtcNow(), route, Request.Method, Redaction.Target(RawTarget), Redaction.Headers(Request.Headers), Status: null));

    public string? Header(string name) => HeaderOrNull(context, name);

    public Task SendAsync(Reply reply) => SendAsync(reply, Delivery.Whole(reply.Body));

    public async Task SendAsync(Reply reply, Delivery delivery)
    {
        SetHead(reply, delivery.ContentLength);
        await context.Response.StartAsync(Gone).ConfigureAwait(false);
        if (delivery.Bytes > 0)
            await SendBodyAsync(reply.Body, delivery).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(Gone).ConfigureAwait(false);
        await new LeftoverBody(context, _hold, stopping).ReadOnAsync().ConfigureAwait(false);

        // Ending by an exception lets the server send what it has and then close without the end mark; a reset could swallow the bytes.
        if (delivery.Breaks)
            throw new CutShortException();
    }

    /// <summary>Sends a JSON document of any length as it is written.</summary>
    public async Task SendJsonAsync(Func<Utf8JsonWriter, CancellationToken, Task> writeAsync)
    {
        SetHead(new Reply(200, "application/json", new BytesBody([])), contentLength: null);
        Utf8JsonWriter json = new(context.Response.Body, JsonText.WriterOptions);
        await using (json.ConfigureAwait(false))
            await writeAsync(json, Gone).ConfigureAwait(false);
    }

    public void Reset() => context.Abort();

    public void Dispose() => _hold.Dispose();

    /// <summary>Copies request bytes as they come in.</summary>
    public async Task ReceiveAsync(Stream source, Stream target)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await FillAsync(buffer, source).ConfigureAwait(false) is > 0 and int count)
                await target.WriteAsync(buffer.AsMemory(0, count), Gone).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Lets the emulator's clock go on for a while.</summary>
    /// <exception cref="OperationCanceledException">The client went away, or the emulator ends.</exception>
    public async Task PauseAsync(TimeSpan by)
    {
        _hold.Dispose();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(Gone, stopping);
        await Task.Delay(by, clock, either.Token).ConfigureAwait(false);
        _hold = clock.HoldWhileRenewed();
    }

    /// <summary>Holds the answer back until the client goes away or the emulator ends.</summary>
    public async Task HangAsync()
    {
        _hold.Dispose();
        log.Hung(_arrival!.Sequence);
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(Gone, stopping);
        using CancellationTokenRegistration registration = either.Token.Register(gone.SetResult);
        await gone.Task.ConfigureAwait(false);
    }

    // What comes in crumbs goes to the disk in slices.
    private async Task<int> FillAsync(byte[] buffer, Stream source)
    {
        int filled = 0;
        while (filled < buffer.Length && await source.ReadAsync(buffer.AsMemory(filled), Gone).ConfigureAwait(false) is > 0 and int count)
        {
            _hold.Renew();
            log.Received(count);
            filled += count;
        }

        return filled;
    }

    private void SetHead(Reply reply, long? contentLength)
    {
        HttpResponse response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        response.Headers["x-request-id"] = $"req_{Guid.NewGuid():N}";
        foreach ((string name, string value) in reply.Headers)
            response.Headers[name] = value;
        if (reply.Status is not (204 or 304))
            response.ContentLength = contentLength;

        // Before the first byte leaves: whoever has the answer finds it in the ledger.
        if (_arrival is { } arrival)
            log.Answered(arrival.Sequence, reply.Status);
    }

    private async Task SendBodyAsync(ReplyBody body, Delivery delivery)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        Stream source = body.Open();
        try
        {
            for (long left = delivery.Bytes; left > 0; left -= delivery.PieceBytes)
            {
                await SendPieceAsync(source, Math.Min(left, delivery.PieceBytes), buffer, body.IsFileContent).ConfigureAwait(false);
                if (left > delivery.PieceBytes)
                    await PauseAsync(delivery.Pause).ConfigureAwait(false);
            }
        }
        finally
        {
            await source.DisposeAsync().ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendPieceAsync(Stream source, long bytes, byte[] buffer, bool isFileContent)
    {
        while (bytes > 0)
        {
            int count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), Gone).ConfigureAwait(false);
            if (count == 0)
                return;
            if (isFileContent)
                log.Served(count);
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), Gone).ConfigureAwait(false);
            bytes -= count;
            _hold.Renew();
        }
    }

    private static string? HeaderOrNull(HttpContext context, string name) =>
        context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
