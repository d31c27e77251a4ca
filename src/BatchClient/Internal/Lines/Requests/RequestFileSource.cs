namespace BatchGateway.Internal.Lines;

/// <summary>A file of the user's that was checked, uploaded as it is.</summary>
internal sealed class RequestFileSource : IRequestSource
{
    private readonly BatchRequestFile _file;

    public RequestFileSource(BatchRequestFile file)
    {
        _file = file;
        Content = file.OpenUnchanged();
    }

    public Stream Content { get; }

    public BatchEndpoint Endpoint => _file.Endpoint;

    public long LineCount => _file.LineCount;

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
