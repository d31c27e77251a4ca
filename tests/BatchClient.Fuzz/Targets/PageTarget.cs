using System.Net;
using System.Text;
using System.Text.Json;
using BatchGateway.Fuzz.Gateway;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Internal.Json;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Pages of lists, and the walk over them.</summary>
internal sealed class PageTarget : Target
{
    /// <summary>The walk must come to its end with one answer given to every cursor.</summary>
    private const int MostRequests = 3;

    private static readonly byte[][] Seeds = [.. Corpus.Of("BatchPages"), .. Corpus.Of("FilePages"), .. Corpus.Of("Batches").Take(3)];

    private readonly FuzzGateway _gateway = new(maxAttempts: 1);

    public override string Name => "pages";

    public override int Share => 100;

    public override byte[] Make(Dice dice) => Mutator.Make(Seeds, dice);

    public override async Task<string> RunAsync(byte[] input)
    {
        int requests = 0;
        _gateway.Answer = _ => ++requests <= MostRequests
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream(input, writable: false)) }
            : throw new Violation("a list comes to its end", $"{requests} requests");
        try
        {
            ListPage<Batch> page = await _gateway.Client.Batches.ListPageAsync().ConfigureAwait(false);
            Compare(page, input);
            await _gateway.Client.Files.ListPageAsync(FilePurpose.Batch).ConfigureAwait(false);
            requests = 0;
            await foreach (Batch batch in _gateway.Client.Batches.ListAsync().ConfigureAwait(false))
                Must.Hold(batch.Id.Length > 0, "a batch has an id", batch.ToString());
        }
        catch (Exception exception) when (exception is not Violation)
        {
            return exception.InnerException is Violation violation ? throw violation : Must.BeOurs(exception, typeof(BatchResponseException));
        }

        return Value;
    }

    protected override void Release() => _gateway.Dispose();

    /// <summary>As many items as there are, and each as it stands there.</summary>
    private static void Compare(ListPage<Batch> page, byte[] input)
    {
        using JsonDocument document = JsonDocument.Parse(
            input.AsMemory(input.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new JsonDocumentOptions { MaxDepth = 1000 });
        JsonElement root = document.RootElement, data = root;
        if (root.ValueKind == JsonValueKind.Object && (!root.TryGetMember("data"u8, out data) || data.ValueKind != JsonValueKind.Array))
            root.TryGetMember("value"u8, out data);
        int there = data.ValueKind == JsonValueKind.Array ? data.GetArrayLength() : 0;
        Must.Hold(page.Data.Count == there, "every item of a page is there", $"{page.Data.Count} of {there}");
        foreach (Batch batch in page.Data)
        {
            Must.Hold(batch.Id.Length > 0, "a batch has an id", batch.ToString());
            Must.Hold(input.AsSpan().IndexOf(batch.RawJson.Span) >= 0, "the raw JSON is what came", Must.Excerpt(Encoding.UTF8.GetString(batch.RawJson.Span)));
        }
    }
}
