using System.Runtime.CompilerServices;

namespace BatchGateway.Internal.Lines;

/// <summary>The lines of a stream, one at a time: each is good until the next one is asked for. Leaves the stream open.</summary>
internal sealed class LineReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly LineCutter _lines = new();

    /// <summary>Filled while the lines of the other buffer are looked at; null when nothing is read ahead.</summary>
    private byte[]? _spare;
    private Task<int>? _reading;

    private LineReader(Stream stream, bool readsAhead)
    {
        _stream = stream;
        _spare = readsAhead ? LineCutter.NewBuffer() : null;
    }

    public LineCutter Current => _lines;

    /// <summary>Reads a stream of anybody's, no further than it is asked to.</summary>
    public static LineReader Of(Stream stream) => new(stream, readsAhead: false);

    /// <summary>Reads a file of our own, a buffer ahead: the copying out of the system's cache takes as long as a third of the work.</summary>
    public static LineReader Ahead(Stream file) => new(file, readsAhead: true);

    public ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken) =>
        _lines.TryNext() ? new ValueTask<bool>(true) : ReadOnAsync(cancellationToken);

    /// <summary>Goes to the next line that is not blank.</summary>
    public ValueTask<bool> MoveNextTextAsync(CancellationToken cancellationToken) =>
        _lines.TryNext() && !_lines.IsBlank ? new ValueTask<bool>(true) : PassOverAsync(cancellationToken);

    /// <summary>Waits for what is being read ahead, for its buffer and its file must not be gone before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_reading is Task reading)
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _reading = null;
    }

    /// <summary>From a blank line, or the end of the buffer, on.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> PassOverAsync(CancellationToken cancellationToken)
    {
        bool isThere;
        do
            isThere = await MoveNextAsync(cancellationToken).ConfigureAwait(false);
        while (isThere && _lines.IsBlank);

        return isThere;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadOnAsync(CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_lines.TryNext())
                return true;
        }

        return _lines.TryLast();
    }

    /// <summary>Adds a buffer full of bytes.</summary>
    /// <returns>False when there are no more.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_spare is null)
        {
            int read = await _stream.ReadAsync(_lines.MakeRoom(), cancellationToken).ConfigureAwait(false);
            _lines.Filled(read);
            return read > 0;
        }

        int count = await (_reading ?? BeginAsync(_spare, cancellationToken)).ConfigureAwait(false);
        if (count == 0)
            return false;

        _spare = _lines.Take(_spare, count);
        _reading = BeginAsync(_spare, cancellationToken);
        return true;
    }

    private Task<int> BeginAsync(byte[] buffer, CancellationToken cancellationToken) =>
        _stream.ReadAsync(buffer.AsMemory(LineCutter.Headroom), cancellationToken).AsTask();
}
