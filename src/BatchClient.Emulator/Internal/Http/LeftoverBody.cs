using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BatchGateway.Emulator.Internal;

/// <summary>
/// What a client still sends after it was answered. Closing in its face would break its pipe before it sees the answer, so it is read on
/// and thrown away, within bounds.
/// </summary>
internal sealed class LeftoverBody(HttpContext context, ClockHold hold, CancellationToken stopping)
{
    private const long MostBytes = 1024 * 1024 * 1024;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    public async Task ReadOnAsync()
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            if (!await ReadToEndAsync(buffer).ConfigureAwait(false))
                context.Abort();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client went away, fell silent, or the emulator ends: nobody is left to be kind to.
            context.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> ReadToEndAsync(byte[] buffer)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        for (long total = 0; total < MostBytes;)
        {
            // Real time: the client's bytes travel in it, whatever the emulator's clock says.
            silence.CancelAfter(LongestSilence);
            int count = await context.Request.Body.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
            if (count == 0)
                return true;
            total += count;
            hold.Renew();
        }

        return false;
    }
}
