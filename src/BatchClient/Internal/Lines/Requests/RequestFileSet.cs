using BatchGateway.Internal.Files;

namespace BatchGateway.Internal.Lines;

/// <summary>Files of request lines that are all there or not at all: written under temporary names, then renamed. There may be
/// more of them than a process may have open.</summary>
internal sealed class RequestFileSet
{
    private readonly BatchLimits _limits;
    private readonly int _mostFiles;
    private readonly Func<int, string> _path;
    private readonly List<NewFile> _files = [];

    public RequestFileSet(BatchLimits limits, int mostFiles, Func<int, string> path)
    {
        _limits = limits;
        _mostFiles = mostFiles;
        _path = path;
    }

    public async Task<IReadOnlyList<BatchRequestFile>> WriteAsync(IAsyncEnumerable<BatchRequestLine> lines, CancellationToken cancellationToken)
    {
        try
        {
            RequestWriter writer = new(_limits, _mostFiles, Begin, RequestLineRules.NothingWritten);
            await using (writer.ConfigureAwait(false))
            {
                await writer.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
                foreach (NewFile file in _files)
                    file.Publish();
                return [.. writer.Parts.All.Select((part, number) => Written(_files[number].Path, part, writer.Rules))];
            }
        }
        finally
        {
            foreach (NewFile file in _files)
                await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static BatchRequestFile Written(string path, RequestPart part, RequestLineRules rules) =>
        new(path, part, rules, File.GetLastWriteTimeUtc(path));

    private NewFile Begin(int number)
    {
        NewFile file = new(_path(number));
        _files.Add(file);
        return file;
    }
}
