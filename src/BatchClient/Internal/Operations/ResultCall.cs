using System.Net;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Operations;

/// <summary>The call for a result file: remembers the token, which an error that comes in the file's place may quote.</summary>
internal sealed class ResultCall
{
    private readonly string _fileId;
    private string? _token;

    public ResultCall(string fileId, BatchCallOptions? options)
    {
        _fileId = fileId;
        Options = BatchCallOptions.Copy(options);
        Options.TokenUsed = token => _token = token;
    }

    /// <summary>What to ask for the content with.</summary>
    public BatchCallOptions Options { get; }

    /// <summary>A gateway that answers 200 with an error or a page has given no file: nothing must be concluded from it.</summary>
    /// <param name="file">What came, at its start.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task RefuseErrorBodyAsync(Stream file, CancellationToken cancellationToken)
    {
        const int longestError = 64 << 10;
        byte[] body = new byte[Math.Min(file.Length, longestError)];
        await file.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        bool isPage = body.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];
        if ((!isPage && (file.Length > longestError || !IsBareError(body))) || ErrorOf(body) is not { } error)
            return;

        throw new BatchResponseException(
            $"Downloading file '{_fileId}' failed: the gateway answered 200, but the content is an error ({error}). Nothing was concluded from it; try again.")
        {
            StatusCode = HttpStatusCode.OK,
            Error = error,
        };
    }

    /// <summary>Blotted twice: what is cut to its length first may end within the token, and an escaped one only shows when it is read.</summary>
    private BatchError? ErrorOf(ReadOnlyMemory<byte> body) =>
        ErrorEnvelope.Read(EchoedToken.Blot(body, _token).Span) is { } error ? EchoedToken.Blot(error, _token) : null;

    /// <summary>One error object and nothing else. A result line has a response beside its error, and a file of them several values.</summary>
    private static bool IsBareError(ReadOnlySpan<byte> body) =>
        ErrorEnvelope.IsStructured(body)
        && LineJson.IsValid(body.TrimStart("\uFEFF"u8))
        && body.IndexOf("\"custom_id\""u8) < 0
        && body.IndexOf("\"response\""u8) < 0;
}
