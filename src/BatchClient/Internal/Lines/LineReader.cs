using System.Runtime.CompilerServices;

namespace BatchGateway.Internal.Lines;

/// <summary>The lines of a stream, one at a time: each is good until the next one is asked for. Leaves the stream open.</summary>
internal sealed class LineReader
{
    private readonly Stream _stream;
    private readonly LineCutter _lines = new();

    public LineReader(Stream stream) => _stream = stream;

    public LineCutter Current => _lines;

    public ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken) =>
        _lines.TryNext() ? new ValueTask<bool>(true) : ReadOnAsync(cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadOnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int read = await _stream.ReadAsync(_lines.MakeRoom(), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return _lines.TryLast();

            _lines.Filled(read);
            if (_lines.TryNext())
                return true;
        }
    }
}
