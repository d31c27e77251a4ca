using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BatchGateway.Emulator.Internal;

/// <summary>One request and its answer. The clock does not jump meanwhile, unless the client lets it stall.</summary>
internal sealed class Exchange(HttpContext context, EmulatorClock clock, RequestLog log, CancellationToken stopping) : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private readonly ClockHold _hold = clock.HoldWhileRenewed();
    private LedgerRequest? _arrival;

    public HttpRequest Request => context.Request;

    public string RawTarget { get; } = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>The provider account that the call names; null when it names none.</summary>
    public string? Provider { get; } = HeaderOrNull(context, GatewayHeaderNames.Provider);

    public CancellationToken Gone => context.RequestAborted;

    /// <summary>Writes down the arrival.</summary>
    public LedgerRequest Enter(string route)
    {
        Dictionary<string, string> headers = Request.Headers.ToDictionary(
            header => header.Key,
            header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? "[redacted]" : header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);
        return _arrival = log.Add(new LedgerRequest(0, clock.GetUtcNow(), route, Request.Method, RawTarget, headers, Status: null));
    }

    public string? Header(string name) => HeaderOrNull(context, name);

    public Task SendAsync(Reply reply)
    {
        SetHead(reply, withLength: true);
        return SendBodyAsync(reply.Body, reply.Body.Length);
    }

    /// <summary>Sends the beginning of an answer, then closes the connection.</summary>
    public async Task SendCutAsync(Reply reply, int afterBytes, bool withLength)
    {
        SetHead(reply, withLength);
        await SendBodyAsync(reply.Body, Math.Min(afterBytes, reply.Body.Length)).ConfigureAwait(false);

        // Ending by an exception lets the server send what it has and then close without the end mark; a reset could swallow the bytes.
        throw new CutShortException();
    }

    public void Reset() => context.Abort();

    public void Dispose() => _hold.Dispose();

    /// <summary>Copies request bytes as they come in.</summary>
    public async Task ReceiveAsync(Stream source, Stream target)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await source.ReadAsync(buffer, Gone).ConfigureAwait(false) is > 0 and int count)
            {
                _hold.Renew();
                await target.WriteAsync(buffer.AsMemory(0, count), Gone).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task WaitUntilGoneAsync()
    {
        _hold.Dispose();
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(Gone, stopping);
        using CancellationTokenRegistration registration = either.Token.Register(gone.SetResult);
        await gone.Task.ConfigureAwait(false);
    }

    private void SetHead(Reply reply, bool withLength)
    {
        HttpResponse response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        response.Headers["x-request-id"] = $"req_{Guid.NewGuid():N}";
        foreach ((string name, string value) in reply.Headers)
            response.Headers[name] = value;
        if (withLength && reply.Status is not (204 or 304))
            response.ContentLength = reply.Body.Length;

        // Before the first byte leaves: whoever has the answer finds it in the ledger.
        log.Answered(_arrival!.Sequence, reply.Status);
    }

    private async Task SendBodyAsync(ReplyBody body, long length)
    {
        await context.Response.StartAsync(Gone).ConfigureAwait(false);
        if (length == 0)
            return;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        Stream source = body.Open();
        try
        {
            for (long left = length; left > 0;)
            {
                int count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), Gone).ConfigureAwait(false);
                if (count == 0)
                    break;
                if (body.IsFileContent)
                    log.Served(count);
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), Gone).ConfigureAwait(false);
                left -= count;
                _hold.Renew();
            }
        }
        finally
        {
            await source.DisposeAsync().ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? HeaderOrNull(HttpContext context, string name) =>
        context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
