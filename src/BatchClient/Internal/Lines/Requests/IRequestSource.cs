namespace BatchGateway.Internal.Lines;

/// <summary>The input file of a batch, on its way to the gateway.</summary>
internal interface IRequestSource : IAsyncDisposable
{
    /// <summary>Its bytes. What cannot be read twice is sent once.</summary>
    Stream Content { get; }

    /// <summary>The API path of the lines; <see langword="default"/> when they name none. Known once the content was read.</summary>
    BatchEndpoint Endpoint { get; }

    /// <summary>How many lines there are. Known once the content was read.</summary>
    long LineCount { get; }
}
