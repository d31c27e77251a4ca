namespace BatchGateway.Benchmarks.Server;

/// <summary>Where a server of the transfers stands.</summary>
internal sealed record ServerAddress(Uri Root)
{
    /// <summary>The address below which the API stands.</summary>
    public Uri BaseUrl => new(Root, Route.ApiPath);

    public Uri FilesUrl => new(Root, $"{Route.ApiPath}/files");

    public Uri ContentUrl(long bytes) => new(Root, $"{Route.ApiPath}/files/{Route.FileId(bytes)}/content");

    public OwnedBatchClient CreateClient() => BatchClientFactory.Create(new BatchGatewayOptions
    {
        ControlPlaneUrl = Root.ToString(),
        ApiPath = Route.ApiPath,
        ApiKey = "key",
        Provider = "openai-main",
    });
}
