#pragma warning disable OPENAI001 // The batch client of the OpenAI package is marked as experimental.
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using BatchGateway.Benchmarks.UserTypes;
using OpenAI;
using OpenAI.Batch;
using OpenAI.Files;

namespace BatchGateway.Benchmarks.Peers;

/// <summary>The OpenAI package doing the same, as far as it can: it has no types for lines, and hides the status of a batch.</summary>
internal sealed class OpenAIPeer
{
    private readonly OpenAIFileClient _files;
    private readonly BatchClient _batches;

    /// <param name="baseUrl">The address below which the API stands.</param>
    /// <param name="transport">What sends its requests; null for its own.</param>
    public OpenAIPeer(Uri baseUrl, PipelineTransport? transport = null)
    {
        OpenAIClientOptions options = new() { Endpoint = baseUrl };
        if (transport is not null)
            options.Transport = transport;
        OpenAIClient client = new(new ApiKeyCredential("key"), options);
        _files = client.GetOpenAIFileClient();
        _batches = client.GetBatchClient();
    }

    public async Task<string?> GetBatchStatusAsync(string id)
    {
        ClientResult result = await _batches.GetBatchAsync(id, new RequestOptions());
        using JsonDocument batch = JsonDocument.Parse(result.GetRawResponse().Content);
        return batch.RootElement.GetProperty("status").GetString();
    }

    /// <returns>The length that the server saw.</returns>
    public async Task<long> UploadAsync(string path)
    {
        await using FileStream file = File.OpenRead(path);
        OpenAIFile answer = await _files.UploadFileAsync(file, Path.GetFileName(path), FileUploadPurpose.Batch);
        return answer.SizeInBytesLong ?? 0;
    }

    public async Task DownloadAsync(string fileId, string path)
    {
        await using Stream content = await OpenAsync(fileId);
        await using FileStream file = File.Create(path);
        await content.CopyToAsync(file);
    }

    public async Task<ReadTotals> ReadAsync(string fileId)
    {
        ReadTotals totals = default;
        using StreamReader reader = new(await OpenAsync(fileId));
        while (await reader.ReadLineAsync() is { } text)
        {
            ResultLine line = JsonSerializer.Deserialize(text, UserJson.Default.ResultLine)!;
            int? status = line.Response?.StatusCode;
            totals.AddLine(line.Error is null && status is >= 200 and < 300, status, line.CustomId!.Length);
            totals.AddAnswer(line.Response?.Body?.Usage?.TotalTokens, line.Response?.Body?.Choices?[0].Message?.Content);
        }

        return totals;
    }

    // The call that returns the content holds all of it in memory; this one does not.
    private async Task<Stream> OpenAsync(string fileId)
    {
        ClientResult result = await _files.DownloadFileAsync(fileId, new RequestOptions { BufferResponse = false });
        return result.GetRawResponse().ContentStream!;
    }
}
