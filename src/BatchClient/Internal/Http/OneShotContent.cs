using System.Net;
using System.Net.Http.Headers;

namespace BatchGateway.Internal.Http;

/// <summary>
/// The body of the create that costs money. It records when its first byte is about to be written and refuses to be written again,
/// whoever asks: an application's retry handler, or the connection pool. Only after a definite refusal is it made ready again.
/// </summary>
internal sealed class OneShotContent : HttpContent
{
    private readonly byte[] _body;
    private readonly TimeProvider _clock;
    private readonly Func<CancellationToken, Task>? _beforeFirstByte;
    private int _sent;
    private int _entered;
    private volatile bool _isGivenUp;

    public OneShotContent(byte[] body, TimeProvider clock, Func<CancellationToken, Task>? beforeFirstByte = null)
    {
        _beforeFirstByte = beforeFirstByte;
        _body = body;
        _clock = clock;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>From here on the gateway may have seen the create.</summary>
    public bool Sent => Volatile.Read(ref _sent) != 0;

    /// <summary>When the first byte was last about to be written; null before that.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>How the create ended; set once it was sent and its end is known.</summary>
    public SettledOutcome? Outcome { get; set; }

    /// <summary>The gateway has said no: nothing was created, so it may be sent again, unless the caller wants it no more.</summary>
    public void MakeReadyAgain()
    {
        if (!_isGivenUp)
            Volatile.Write(ref _sent, 0);
    }

    /// <summary>Lets in one sender at a time: what one is told must not be overtaken by another who is still on the way.</summary>
    public bool TryEnter() => Interlocked.Exchange(ref _entered, 1) == 0;

    public void Leave() => Volatile.Write(ref _entered, 0);

    /// <summary>The caller has cancelled: what is on its way is waited for, and nothing is sent any more.</summary>
    public void GiveUp() => _isGivenUp = true;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_beforeFirstByte is not null)
            await _beforeFirstByte(cancellationToken).ConfigureAwait(false);

        // A cancellation that was already asked for is honoured here, one line before the point of no return.
        cancellationToken.ThrowIfCancellationRequested();
        if (_isGivenUp)
            throw new OperationCanceledException("The create was cancelled before it was sent again.");
        if (Interlocked.Exchange(ref _sent, 1) != 0)
            throw new InvalidOperationException("A create was about to be sent a second time and was stopped: it might have paid twice.");

        SentAt = _clock.GetUtcNow();
        await stream.WriteAsync(_body, CancellationToken.None).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
