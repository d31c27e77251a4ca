using BatchGateway.Internal.Files;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Lines as UTF-8 JSONL in a temporary file: checked one by one, before anything is sent, and ready to be sent as often as needed.
/// </summary>
internal sealed class RequestSpool : IRequestSource, ILineFile
{
    private readonly FileStream _file;
    private RequestPart? _part;

    private RequestSpool(FileStream file) => _file = file;

    public Stream Content => _file;

    public BatchEndpoint Endpoint { get; private set; }

    public long LineCount => _part!.LineCount;

    public static async Task<RequestSpool> WriteAsync(
        IAsyncEnumerable<BatchRequestLine> lines, BatchLimits limits, CancellationToken cancellationToken)
    {
        limits.Checked(nameof(limits));
        RequestSpool spool = new(TemporaryFiles.Create());
        try
        {
            RequestWriter writer = new(limits, mostFiles: 1, _ => spool, RequestLineRules.NothingSent);
            await using (writer.ConfigureAwait(false))
            {
                await writer.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
                (spool._part, spool.Endpoint) = (writer.Parts.All[0], writer.Rules.Endpoint);
                spool._file.Position = 0;
                return spool;
            }
        }
        catch
        {
            await spool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    FileStream ILineFile.Open() => _file;

    /// <summary>There is no next file that this one would have to make room for, and closed it would be gone.</summary>
    void ILineFile.Close()
    {
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
