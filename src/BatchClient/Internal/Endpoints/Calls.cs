using System.Globalization;
using System.Text;
using System.Text.Json;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Endpoints;

/// <summary>The table of routes: what each call is, checked before anything is sent.</summary>
internal static class Calls
{
    public static GatewayCall CreateBatch(CreateBatchRequest request, BatchCallOptions? options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.InputFileId, nameof(request));
        return new GatewayCall
        {
            Operation = "batch.create",
            Action = "Creating a batch from file",
            Method = HttpMethod.Post,
            Path = "/batches",
            Content = new OneShotContent(JsonSerializer.SerializeToUtf8Bytes(request, BatchJsonContext.Default.CreateBatchRequest), clock, options?.BeforeCreate),
            Create = request,
            Options = Checked(options),
        };
    }

    public static GatewayCall GetBatch(string id, BatchCallOptions? options) =>
        Item("batch.get", "Getting batch", HttpMethod.Get, "/batches/", id, "batchId", options);

    public static GatewayCall ListBatches(string? after, int? limit, BatchCallOptions? options) =>
        Collection("batch.list", "Listing batches", "/batches", options, ("limit", Number(limit)), ("after", after));

    public static GatewayCall CancelBatch(string id, BatchCallOptions? options) =>
        Item("batch.cancel", "Cancelling batch", HttpMethod.Post, "/batches/", id, "batchId", options, "/cancel");

    public static GatewayCall UploadFile(Stream content, string fileName, FilePurpose purpose, BatchCallOptions? options)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(content));
        if (string.IsNullOrEmpty(fileName) || fileName.Any(c => c is < ' ' or > '~' or '"' or '\\'))
            throw new ArgumentException("The name of the file must be printable ASCII without quotes and backslashes.", nameof(fileName));
        if (purpose.ToString() is not { Length: > 0 } word || word.Any(c => c is <= ' ' or > '~'))
            throw new ArgumentException("A purpose is needed, such as FilePurpose.Batch.", nameof(purpose));

        UploadContent upload = new(content, fileName, purpose) { Progress = options?.Progress };
        GatewayCall call = new()
        {
            Operation = "file.upload",
            Action = "Uploading",
            Method = HttpMethod.Post,
            Path = "/files",
            Content = upload,
            IsTransfer = true,
            Options = Checked(options),
        };
        upload.Call = call;
        return call;
    }

    public static GatewayCall GetFile(string id, BatchCallOptions? options) =>
        Item("file.get", "Getting file", HttpMethod.Get, "/files/", id, "fileId", options);

    public static GatewayCall ListFiles(FilePurpose purpose, string? after, int? limit, string? order, BatchCallOptions? options) =>
        Collection("file.list", "Listing files", "/files", options,
            ("purpose", purpose.ToString()), ("limit", Number(limit)), ("after", after), ("order", order));

    public static GatewayCall DeleteFile(string id, BatchCallOptions? options) =>
        Item("file.delete", "Deleting file", HttpMethod.Delete, "/files/", id, "fileId", options);

    public static GatewayCall FileContent(string id, BatchCallOptions? options) => new()
    {
        Operation = "file.content",
        Action = "Downloading file",
        Method = HttpMethod.Get,
        Path = "/files/",
        ResourceId = PathSegment.Checked(id, "fileId"),
        PathEnd = "/content",
        IsTransfer = true,
        StreamsAnswer = true,
        Options = Checked(options),
    };

    private static GatewayCall Item(
        string operation,
        string action,
        HttpMethod method,
        string path,
        string id,
        string parameterName,
        BatchCallOptions? options,
        string pathEnd = "")
    {
        return new GatewayCall
        {
            Operation = operation,
            Action = action,
            Method = method,
            Path = path,
            ResourceId = PathSegment.Checked(id, parameterName),
            PathEnd = pathEnd,
            Options = Checked(options),
        };
    }

    private static GatewayCall Collection(
        string operation, string action, string path, BatchCallOptions? options, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        return new GatewayCall
        {
            Operation = operation,
            Action = action,
            Method = HttpMethod.Get,
            Path = path,
            PathEnd = Query(query),
            Options = Checked(options),
        };
    }

    private static string Query(ReadOnlySpan<(string Name, string? Value)> members)
    {
        StringBuilder query = new();
        foreach ((string name, string? value) in members)
        {
            if (!string.IsNullOrEmpty(value))
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static BatchCallOptions? Checked(BatchCallOptions? options)
    {
        if (options is null)
            return null;

        string[] problems =
        [
            .. RequestHeaders.Problems(options.Headers),
            .. RequestHeaders.Problems(options.Provider is null ? [] : [new(GatewayHeaders.Provider, options.Provider)]),
            .. RequestHeaders.MetadataProblems(options.GatewayMetadata),
        ];
        return problems.Length == 0 ? options : throw new ArgumentException(string.Join(" ", problems), nameof(options));
    }
}
