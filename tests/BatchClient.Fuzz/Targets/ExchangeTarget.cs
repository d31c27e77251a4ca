using System.Net;
using BatchGateway.Fuzz.Gateway;
using BatchGateway.Fuzz.Inputs;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Every call of floor 1, and any answer to it: what comes out is what <c>docs/errors-and-retries.md</c> says.</summary>
internal abstract class ExchangeTarget : Target
{
    protected static readonly string[] Calls = ["get", "list", "cancel", "create", "file", "files", "upload", "delete", "content"];

    protected static readonly int[] Statuses = [200, 200, 201, 204, 206, 301, 302, 307, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 422, 429, 500, 501, 502, 503, 504, 529, 599, 999];

    private readonly FuzzGateway _gateway = new();

    public override async Task<string> RunAsync(byte[] input)
    {
        Exchange exchange = Exchange.Read(input);
        _gateway.Answer = _ => exchange.Answer();
        try
        {
            await CallAsync(exchange.Call).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Judge(exchange, exception);
        }

        Must.Hold(exchange.Status < 300, "a refusal is an exception", $"{exchange.Call} {exchange.Status}");
        return Value;
    }

    protected override void Release() => _gateway.Dispose();

    private async Task CallAsync(string call)
    {
        IBatchesApi batches = _gateway.Client.Batches;
        IFilesApi files = _gateway.Client.Files;
        switch (call)
        {
            case "list":
                await batches.ListPageAsync().ConfigureAwait(false);
                break;
            case "cancel":
                await batches.CancelAsync("batch_1").ConfigureAwait(false);
                break;
            case "create":
                await batches.CreateAsync(new CreateBatchRequest { InputFileId = "file-1", Endpoint = BatchEndpoint.ChatCompletions }).ConfigureAwait(false);
                break;
            case "file":
                await files.GetAsync("file-1").ConfigureAwait(false);
                break;
            case "files":
                await files.ListPageAsync(FilePurpose.Batch).ConfigureAwait(false);
                break;
            case "upload":
                await files.UploadAsync(new MemoryStream("{}"u8.ToArray()), "a.jsonl", FilePurpose.Batch).ConfigureAwait(false);
                break;
            case "delete":
                await files.DeleteAsync("file-1").ConfigureAwait(false);
                break;
            case "content":
                await ReadContentAsync(files).ConfigureAwait(false);
                break;
            default:
                await batches.GetAsync("batch_1").ConfigureAwait(false);
                break;
        }
    }

    private static async Task ReadContentAsync(IFilesApi files)
    {
        BatchFileContent content = await files.GetContentAsync("file-1").ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            await content.Stream.CopyToAsync(Stream.Null).ConfigureAwait(false);
    }

    private static string Judge(Exchange exchange, Exception exception)
    {
        (string call, int status) = (exchange.Call, exchange.Status);
        // A redirect that may not be followed is an answer that makes no sense; a length that is not kept, a broken connection.
        if (call == "content" && exception is BatchResponseException or BatchConnectionException { InnerException: null })
            return Must.BeOurs(exception, typeof(BatchResponseException), typeof(BatchConnectionException));

        Type expected = call == "create" && !IsDefinite(status) ? typeof(AmbiguousCreateException)
            : status < 300 ? typeof(BatchResponseException)
            : typeof(BatchApiException);
        string name = Must.BeOurs(exception, expected);
        HttpStatusCode? told = exception switch
        {
            BatchApiException api => api.StatusCode,
            BatchResponseException response => response.StatusCode,
            _ => ((AmbiguousCreateException)exception).StatusCode,
        };
        Must.Hold((int?)told == status, "the status is told", $"{(int?)told} instead of {status}");
        return name;
    }

    /// <summary>The statuses after which no batch was made: see the promises about create.</summary>
    private static bool IsDefinite(int status) => status is (>= 300 and < 400) or 400 or 401 or 402 or 403 or 404 or 405 or 413 or 415 or 422 or 429;
}
