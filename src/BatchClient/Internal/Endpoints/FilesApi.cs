using BatchGateway.Internal.Http;

namespace BatchGateway.Internal.Endpoints;

/// <summary>The file calls, a line each: method, path, body, and how the answer is read.</summary>
internal sealed class FilesApi : IFilesApi
{
    private readonly GatewayTransport _transport;

    public FilesApi(GatewayTransport transport) => _transport = transport;

    public Task<BatchFile> UploadAsync(
        Stream content, string fileName, FilePurpose purpose, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.SendAsync(Calls.UploadFile(content, fileName, purpose, options), AnswerReader.ReadFile, cancellationToken);

    public Task<BatchFile> GetAsync(string fileId, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.SendAsync(Calls.GetFile(fileId, options), AnswerReader.ReadFile, cancellationToken);

    public Task<ListPage<BatchFile>> ListPageAsync(
        FilePurpose purpose, string? after, int? limit, string? order, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.SendAsync(Calls.ListFiles(purpose, after, limit, order, options), AnswerReader.ReadFiles, cancellationToken);

    public Task<bool> DeleteAsync(string fileId, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.SendAsync(Calls.DeleteFile(fileId, options), AnswerReader.ReadDeleted, cancellationToken);

    public Task<BatchFileContent> GetContentAsync(string fileId, BatchCallOptions? options, CancellationToken cancellationToken) =>
        _transport.OpenAsync(Calls.FileContent(fileId, options), cancellationToken);
}
