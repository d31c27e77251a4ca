using System.Runtime.CompilerServices;
using BatchGateway.Internal.Endpoints;
using BatchGateway.Internal.Lines;
using Microsoft.Win32.SafeHandles;

namespace BatchGateway.Internal.Operations;

/// <summary>Complete copies of a batch's output and error file, gone when they are disposed of.</summary>
internal sealed class ResultFiles : IAsyncDisposable
{
    private readonly List<FileStream> _files = [];
    private int _errorFile = -1;

    private ResultFiles()
    {
    }

    /// <summary>The ids of the files that a batch names. One id in both places is one file.</summary>
    public static IReadOnlyList<string> IdsOf(Batch batch) =>
        new[] { batch.OutputFileId, batch.ErrorFileId }.OfType<string>().Distinct().ToList();

    public static async Task<ResultFiles> DownloadAsync(
        IFilesApi api, Batch batch, BatchCallOptions? options, CancellationToken cancellationToken)
    {
        ResultFiles results = new();
        try
        {
            foreach (string id in IdsOf(batch))
            {
                ResultCall call = new(id, options);
                FileStream file = await Downloads.ToTemporaryAsync(api, id, call.Options, cancellationToken).ConfigureAwait(false);
                results._files.Add(file);
                if (id == batch.ErrorFileId && id != batch.OutputFileId)
                    results._errorFile = results._files.Count - 1;
                await call.RefuseErrorBodyAsync(file, cancellationToken).ConfigureAwait(false);
            }

            return results;
        }
        catch
        {
            await results.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether a file, by its number, is the error file and nothing else.</summary>
    public bool IsErrorFile(int file) => file == _errorFile;

    /// <summary>How many bytes of a file, by its number, have come.</summary>
    public long LengthOf(int file) => _files[file].Length;

    /// <summary>All lines of all files, each with its place. May be repeated.</summary>
    public async IAsyncEnumerable<(BatchResultLine Line, LinePlace Place)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int file = 0; file < _files.Count; file++)
        {
            _files[file].Position = 0;
            LineReader reader = LineReader.Ahead(_files[file]);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.MoveNextTextAsync(cancellationToken).ConfigureAwait(false))
                    yield return (ResultLineParser.Parse(reader.Current), PlaceOf(reader.Current, file));
            }
        }
    }

    /// <summary>One line by its place.</summary>
    public async Task<BatchResultLine> ReadAsync(LinePlace place, CancellationToken cancellationToken)
    {
        SafeFileHandle file = _files[place.File].SafeFileHandle;
        byte[] bytes = new byte[place.Length];
        for (int filled = 0; filled < bytes.Length;)
        {
            long position = place.Offset + place.Mark + filled;
            int read = await RandomAccess.ReadAsync(file, bytes.AsMemory(filled), position, cancellationToken).ConfigureAwait(false);
            filled += read > 0 ? read : throw new EndOfStreamException("A result file was cut while it was being read.");
        }

        return place.IsTooLong
            ? ResultLineParser.ParseBeginning(bytes, place.Number, place.Offset)
            : ResultLineParser.Parse(bytes, place.Number, place.Offset);
    }

    /// <summary>What all lines of all files say, without a line being made of it; each is good until the next one is asked for.</summary>
    public async Task ScanAsync(Action<LineCutter, LinePlace> note, CancellationToken cancellationToken)
    {
        for (int file = 0; file < _files.Count; file++)
        {
            _files[file].Position = 0;
            LineReader reader = LineReader.Ahead(_files[file]);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.MoveNextTextAsync(cancellationToken).ConfigureAwait(false))
                    note(reader.Current, PlaceOf(reader.Current, file));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Stream file in _files)
            await file.DisposeAsync().ConfigureAwait(false);
    }

    private static LinePlace PlaceOf(LineCutter line, int file) =>
        new(file, line.Number, line.Offset, (int)(line.TextOffset - line.Offset), line.Line.Length, line.IsTooLong);
}
