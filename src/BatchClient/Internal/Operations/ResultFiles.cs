using System.Net;
using System.Runtime.CompilerServices;
using BatchGateway.Internal.Endpoints;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Operations;

/// <summary>Complete copies of a batch's output and error file, gone when they are disposed of.</summary>
internal sealed class ResultFiles : IAsyncDisposable
{
    private readonly List<Stream> _files = [];

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
                Stream file = await Downloads.ToTemporaryAsync(api, id, options, cancellationToken).ConfigureAwait(false);
                results._files.Add(file);
                await RefuseErrorBodyAsync(file, id, cancellationToken).ConfigureAwait(false);
            }

            return results;
        }
        catch
        {
            await results.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>All lines of all files, each with its place. May be repeated.</summary>
    public async IAsyncEnumerable<(BatchResultLine Line, LinePlace Place)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int file = 0; file < _files.Count; file++)
        {
            _files[file].Position = 0;
            await foreach (JsonLine line in JsonLineReader.ReadAsync(_files[file], cancellationToken).ConfigureAwait(false))
            {
                if (line.IsTooLong || line.Bytes.Span.TrimStart(" \t"u8).Length > 0)
                    yield return (ResultLineParser.Parse(line), new LinePlace(file, line.Number));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Stream file in _files)
            await file.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A gateway that answers 200 with an error or a page has given no file: nothing must be concluded from it.</summary>
    private static async Task RefuseErrorBodyAsync(Stream file, string id, CancellationToken cancellationToken)
    {
        const int longestError = 64 << 10;
        if (file.Length is 0 or > longestError)
            return;

        byte[] body = new byte[file.Length];
        await file.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        bool isPage = body.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];
        if ((!isPage && !ErrorEnvelope.IsStructured(body)) || ErrorEnvelope.Read(body) is not { } error || body.AsSpan().IndexOf("\"custom_id\""u8) >= 0)
            return;

        throw new BatchResponseException(
            $"Downloading file '{id}' failed: the gateway answered 200, but the content is an error ({error}). Nothing was concluded from it; try again.")
        {
            StatusCode = HttpStatusCode.OK,
            Error = error,
        };
    }
}
