using System.Net.Http.Json;
using System.Text.Json;

namespace BatchGateway.AotSmoke;

/// <summary>The life of a batch as one writes it without the library: no retry, no check of anything.</summary>
internal sealed class RawLife(HttpClient http)
{
    public async Task<int> CountCompletionsAsync()
    {
        RawBatch batch = await WaitAsync(await CreateAsync((await UploadAsync()).Id));
        Dictionary<string, Question> questions = Question.All.ToDictionary(question => question.Id);

        using StreamReader lines = new(await http.GetStreamAsync($"files/{batch.OutputFileId}/content"));
        int completions = 0;
        while (await lines.ReadLineAsync() is { } text)
        {
            RawResultLine line = JsonSerializer.Deserialize(text, RawJson.Default.RawResultLine)!;
            completions += line.Response?.Body?.Text.EndsWith(questions[line.CustomId].Text, StringComparison.Ordinal) == true ? 1 : 0;
        }

        return completions;
    }

    private async Task<RawFile> UploadAsync()
    {
        using MemoryStream lines = new();
        foreach (Question question in Question.All)
        {
            await JsonSerializer.SerializeAsync(
                lines, new RawRequestLine(question.Id, "POST", "/v1/chat/completions", Prompt.Of(question)), RawJson.Default.RawRequestLine);
            lines.WriteByte((byte)'\n');
        }

        using MultipartFormDataContent form = new()
        {
            { new StringContent("batch"), "purpose" },
            { new ByteArrayContent(lines.ToArray()), "file", "requests.jsonl" },
        };
        return await ReadAsync(await http.PostAsync("files", form), RawJson.Default.RawFile);
    }

    private async Task<RawBatch> CreateAsync(string fileId)
    {
        RawCreate create = new(fileId, "/v1/chat/completions", "24h");
        return await ReadAsync(await http.PostAsJsonAsync("batches", create, RawJson.Default.RawCreate), RawJson.Default.RawBatch);
    }

    private async Task<RawBatch> WaitAsync(RawBatch batch)
    {
        while (batch.Status is not ("completed" or "failed" or "expired" or "cancelled"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            batch = (await http.GetFromJsonAsync($"batches/{batch.Id}", RawJson.Default.RawBatch))!;
        }

        return batch;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using (response)
            return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(type))!;
    }
}
