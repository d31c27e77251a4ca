namespace BatchGateway.Runs.Internal;

/// <summary>A blob that is being written. Disposing it without publishing leaves nothing.</summary>
internal interface IBlobWriter : IAsyncDisposable
{
    /// <summary>
    /// Takes the bytes; the writer closes it. One that is a file can be read and written at any place: a download goes straight into it.
    /// </summary>
    Stream Stream { get; }

    /// <summary>
    /// Makes the blob durable and gives it its name, in place of what had it before. When this returns, it outlives the machine's power.
    /// </summary>
    Task PublishAsync(CancellationToken cancellationToken = default);
}
