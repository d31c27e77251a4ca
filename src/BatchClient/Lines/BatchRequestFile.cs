using System.Runtime.CompilerServices;
using BatchGateway.Internal.Files;
using BatchGateway.Internal.Lines;

namespace BatchGateway;

/// <summary>
/// A JSONL file of request lines on disk that was checked line by line: what a server would refuse, or would fail on after it was paid for,
/// was refused here, with its line number. Hand it to
/// <see cref="IBatchClient.SubmitAsync(BatchRequestFile, SubmitOptions, CancellationToken)"/>.
/// </summary>
/// <remarks>
/// Checked are: JSON and UTF-8; a <c>custom_id</c> that is there, unique and not too long; one <c>url</c> and one model for all lines; no
/// <c>stream: true</c>; and the <see cref="BatchLimits"/>. Files are written as UTF-8 without a BOM, with LF, also behind the last line.
/// Memory holds a few lines and about 9 bytes for each custom id.
/// </remarks>
public sealed class BatchRequestFile
{
    private readonly DateTime _writtenAt;

    internal BatchRequestFile(string path, RequestPart part, RequestLineRules rules, DateTime writtenAt)
    {
        Path = path;
        Endpoint = rules.Endpoint;
        Model = rules.Model;
        FirstLineNumber = part.FirstLineNumber;
        LineCount = part.LineCount;
        Bytes = part.Bytes;
        EstimatedTokens = part.EstimatedTokens;
        _writtenAt = writtenAt;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The API path that the lines are for; <see langword="default"/> when they name none.</summary>
    public BatchEndpoint Endpoint { get; }

    /// <summary>The model that the lines name; null when they name none.</summary>
    public string? Model { get; }

    /// <summary>The number that its first line has among all that were given, counted from 1: 1 unless the lines were split.</summary>
    public long FirstLineNumber { get; }

    /// <summary>How many lines it has.</summary>
    public long LineCount { get; }

    /// <summary>How many bytes it has.</summary>
    public long Bytes { get; }

    /// <summary>The tokens of its prompts by a plain estimate: a quarter of the bytes of the bodies.</summary>
    public long EstimatedTokens { get; }

    /// <summary>Checks a file that is there already, in one pass. It is uploaded as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the provider allows; null for no limits but that of a custom id's length.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="BatchInputException">A line cannot be sent: which one, and why.</exception>
    /// <exception cref="ArgumentException">There is no path, or no lines could keep to the limits: all that is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Task<BatchRequestFile> OpenAsync(string path, BatchLimits? limits = null, CancellationToken cancellationToken = default) =>
        RequestFileCheck.RunAsync(path, (limits ?? new BatchLimits()).Checked(nameof(limits)), cancellationToken);

    /// <summary>
    /// Writes lines to one file: under a temporary name beside it, and renamed when all is well. What stood there before is replaced; after
    /// a failure it still stands there.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="lines">The lines; read once.</param>
    /// <param name="limits">What the provider allows; null for no limits but that of a custom id's length.</param>
    /// <param name="cancellationToken">Cancels, and removes what was written.</param>
    /// <exception cref="BatchInputException">A line cannot be sent, or the lines are too many or too few: which one, and why.</exception>
    /// <exception cref="ArgumentException">There is no path, or no lines could keep to the limits: all that is wrong.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<BatchRequestFile> WriteAsync(
        string path, IAsyncEnumerable<BatchRequestLine> lines, BatchLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(lines);
        RequestFileSet files = new((limits ?? new BatchLimits()).Checked(nameof(limits)), mostFiles: 1, _ => path);
        IReadOnlyList<BatchRequestFile> written = await files.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
        return written[0];
    }

    /// <inheritdoc cref="WriteAsync(string, IAsyncEnumerable{BatchRequestLine}, BatchLimits, CancellationToken)"/>
    public static Task<BatchRequestFile> WriteAsync(
        string path, IEnumerable<BatchRequestLine> lines, BatchLimits? limits = null, CancellationToken cancellationToken = default) =>
        WriteAsync(path, AsyncLines.From(lines), limits, cancellationToken);

    /// <summary>
    /// Writes lines to as many files as the limits ask for, in their order. No file has fewer lines than <see cref="BatchLimits.MinLines"/>:
    /// one that would gets as many as it is short of from the one before. Custom ids are unique over all files.
    /// </summary>
    /// <param name="folder">
    /// Where to; made if need be. The files are called <c>requests-00001.jsonl</c> and so on, and replace what has their names. Files of an
    /// earlier split with higher numbers stay: go by the list that is returned, or use a new folder.
    /// </param>
    /// <param name="lines">The lines; read once.</param>
    /// <param name="limits">What the provider allows in one batch.</param>
    /// <param name="cancellationToken">Cancels, and removes what was written.</param>
    /// <returns>The files, in the order of the lines.</returns>
    /// <exception cref="BatchInputException">A line cannot be sent, or there are too few: which one, and why.</exception>
    /// <exception cref="ArgumentException">There is no folder, or no lines could keep to the limits: all that is wrong.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <example>
    /// <code>
    /// foreach (BatchRequestFile file in await BatchRequestFile.SplitAsync(folder, lines, BatchLimits.OpenAI))
    ///     await gateway.SubmitAsync(file);
    /// </code>
    /// </example>
    public static async Task<IReadOnlyList<BatchRequestFile>> SplitAsync(
        string folder, IAsyncEnumerable<BatchRequestLine> lines, BatchLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(limits);
        limits.Checked(nameof(limits));
        Directory.CreateDirectory(folder);
        RequestFileSet files = new(limits, int.MaxValue, number => System.IO.Path.Combine(folder, $"requests-{number + 1:D5}.jsonl"));
        return await files.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="SplitAsync(string, IAsyncEnumerable{BatchRequestLine}, BatchLimits, CancellationToken)"/>
    public static Task<IReadOnlyList<BatchRequestFile>> SplitAsync(
        string folder, IEnumerable<BatchRequestLine> lines, BatchLimits limits, CancellationToken cancellationToken = default) =>
        SplitAsync(folder, AsyncLines.From(lines), limits, cancellationToken);

    /// <summary>The lines of a JSONL file, to be written elsewhere; each is checked when it is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BatchInputException">A line is longer than 64 MiB.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async IAsyncEnumerable<BatchRequestLine> ReadLinesAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        FileStream file = LocalFiles.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            LineReader reader = LineReader.Ahead(file);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.MoveNextAsync(cancellationToken).ConfigureAwait(false))
                    yield return BatchRequestLine.FromJson(TextOf(reader.Current, path));
            }
        }
    }

    /// <summary>Opens the file for its upload, if it is still the one that was checked.</summary>
    /// <exception cref="BatchInputException">It has changed.</exception>
    internal FileStream OpenUnchanged()
    {
        FileStream file = LocalFiles.OpenRead(Path);
        if (file.Length == Bytes && File.GetLastWriteTimeUtc(file.SafeFileHandle) == _writtenAt)
            return file;

        file.Dispose();
        throw new BatchInputException(
            $"The file '{Path}' has changed since it was checked. Nothing was sent. Open it again (BatchRequestFile.OpenAsync).");
    }

    private static byte[] TextOf(LineCutter line, string path) => !line.IsTooLong ? line.Line.ToArray() : throw new BatchInputException(
        $"Line {line.Number} of '{path}' {LineCutter.TooLongProblem}: shorten it. The lines before it were read, and those behind it were not.")
    {
        LineNumber = line.Number,
        Rule = BatchErrorCode.FileTooLarge,
    };
}
