using System.Runtime.CompilerServices;
using BatchGateway.Internal.Files;
using BatchGateway.Internal.Lines;

namespace BatchGateway;

/// <summary>
/// Reads output and error files. Every shape that a line was met in becomes a line with a kind, and none ends the reading: what cannot be
/// read, or is longer than 64 MiB, is <see cref="BatchOutcomeKind.Malformed"/>. Bodies are not looked into: that one is no JSON shows when it
/// is asked for. Blank lines are passed over. Memory holds one line at a time.
/// </summary>
public static class BatchResultFile
{
    /// <summary>Reads a file on disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <example>
    /// <code>
    /// await foreach (BatchResultLine line in BatchResultFile.ReadAsync(path))
    ///     Console.WriteLine($"{line.CustomId}: {line.Kind} {line.ChatText ?? line.Error?.ToString()}");
    /// </code>
    /// </example>
    public static IAsyncEnumerable<BatchResultLine> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadFilesAsync([path], cancellationToken);
    }

    /// <summary>Reads files on disk, one after the other, such as the output file and then the error file.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IAsyncEnumerable<BatchResultLine> ReadAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return ReadFilesAsync(paths, cancellationToken);
    }

    /// <summary>Reads a stream, from its current position to its end. It is not closed.</summary>
    /// <param name="content">The content of a result file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="BatchConnectionException">The stream is the content of a file at the gateway, and the connection broke.</exception>
    public static IAsyncEnumerable<BatchResultLine> ReadAsync(Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return ReadStreamAsync(content, cancellationToken);
    }

    private static async IAsyncEnumerable<BatchResultLine> ReadFilesAsync(
        IEnumerable<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string path in paths)
        {
            FileStream file = LocalFiles.OpenRead(path);
            await using (file.ConfigureAwait(false))
            {
                LineReader reader = LineReader.Ahead(file);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.MoveNextTextAsync(cancellationToken).ConfigureAwait(false))
                        yield return ResultLineParser.Parse(reader.Current);
                }
            }
        }
    }

    private static async IAsyncEnumerable<BatchResultLine> ReadStreamAsync(
        Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LineReader reader = LineReader.Of(content);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.MoveNextTextAsync(cancellationToken).ConfigureAwait(false))
                yield return ResultLineParser.Parse(reader.Current);
        }
    }
}
