using System.Text;

namespace BatchGateway.Tests.Wire;

/// <summary>One of the nine calls: how it is made, what it looks like on the wire, and an answer that it likes.</summary>
internal sealed record WireCall(
    string Operation, string Method, string Path, string Answer, Func<IBatchClient, BatchCallOptions?, CancellationToken, Task> SendAsync)
{
    public static readonly WireCall Create = new("batch.create", "POST", "/batches", WireClient.BatchJson,
        (client, options, token) => client.Batches.CreateAsync(WireClient.CreateRequest, options, token));

    public static readonly WireCall Get = new("batch.get", "GET", "/batches/batch_1", WireClient.BatchJson,
        (client, options, token) => client.Batches.GetAsync("batch_1", options, token));

    public static readonly WireCall List = new("batch.list", "GET", "/batches", WireClient.BatchListJson,
        (client, options, token) => client.Batches.ListPageAsync(null, null, options, token));

    public static readonly WireCall Cancel = new("batch.cancel", "POST", "/batches/batch_1/cancel", WireClient.BatchJson,
        (client, options, token) => client.Batches.CancelAsync("batch_1", options, token));

    public static readonly WireCall Upload = new("file.upload", "POST", "/files", WireClient.FileJson,
        (client, options, token) => client.Files.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes("{}\n")), "a.jsonl", FilePurpose.Batch, options, token));

    public static readonly WireCall GetFile = new("file.get", "GET", "/files/file-1", WireClient.FileJson,
        (client, options, token) => client.Files.GetAsync("file-1", options, token));

    public static readonly WireCall ListFiles = new("file.list", "GET", "/files", WireClient.BatchListJson,
        (client, options, token) => client.Files.ListPageAsync(options: options, cancellationToken: token));

    public static readonly WireCall DeleteFile = new("file.delete", "DELETE", "/files/file-1", """{"id":"file-1","deleted":true}""",
        (client, options, token) => client.Files.DeleteAsync("file-1", options, token));

    public static readonly WireCall Content = new("file.content", "GET", "/files/file-1/content", "content",
        async (client, options, token) =>
        {
            await using BatchFileContent content = await client.Files.ContentAsync("file-1", options, token);
            await content.Stream.CopyToAsync(Stream.Null, token);
        });

    public static IReadOnlyList<WireCall> All { get; } = [Create, Get, List, Cancel, Upload, GetFile, ListFiles, DeleteFile, Content];

    /// <summary>All but the create, whose rules are its own.</summary>
    public static IEnumerable<WireCall> Unpaid => All.Where(call => call != Create);

    public RawAnswer Success => RawAnswer.Text(200, Answer, "application/json");

    public Task SendAsyncTo(IBatchClient client, BatchCallOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync(client, options, cancellationToken);

    public override string ToString() => Operation;
}
