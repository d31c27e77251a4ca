using BatchGateway.Internal.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchGateway;

/// <summary>The open content of a file. Dispose of it to give the connection back.</summary>
public sealed class BatchFileContent : IAsyncDisposable, IDisposable
{
    private readonly IDisposable? _owner;

    /// <summary>Makes a content, for tests and fakes as well.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="length">Their number, where it is known.</param>
    /// <param name="owner">What is disposed of with the content, after the stream.</param>
    public BatchFileContent(Stream stream, long? length = null, IDisposable? owner = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Stream = stream;
        Length = length;
        _owner = owner;
    }

    /// <summary>
    /// The bytes. Reading throws <see cref="BatchConnectionException"/> when the connection breaks, stands still for longer than
    /// <see cref="BatchGatewayOptions.TransferIdleTimeout"/>, or ends before <see cref="Length"/>.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>The number of bytes in <see cref="Stream"/>, where the gateway says it.</summary>
    public long? Length { get; }

    /// <summary>Whether a body that is cut short is noticed: the gateway gives a length, or marks the end of the body.</summary>
    public bool HasKnownEnd { get; init; } = true;

    /// <summary>The content type, as the gateway says it; batch files come under any.</summary>
    public string? ContentType { get; init; }

    /// <summary>The version of the content, where the gateway gives one.</summary>
    public string? ETag { get; init; }

    /// <summary>
    /// Which part of the file this is, as the gateway says it (<c>bytes 4-9/10</c>), when a range was asked for and given; empty when it
    /// gives a part and does not say which. Null for the whole file.
    /// </summary>
    public string? ContentRange { get; init; }

    /// <summary>How patient the client is that opened this; null for content of an application's own.</summary>
    internal RetryPolicy? Retries { get; init; }

    /// <summary>Where that client logs.</summary>
    internal ILogger Logger { get; init; } = NullLogger.Instance;

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        _owner?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        _owner?.Dispose();
    }
}
