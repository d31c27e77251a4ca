using System.Text.Json;
using BatchGateway.Benchmarks.UserTypes;

namespace BatchGateway.Benchmarks;

/// <summary>
/// What an ordinary user writes without this library, and what it is measured against. Written before anything that is measured against it,
/// and not to be touched afterwards.
/// </summary>
internal static class Baselines
{
    public static async Task<ReadTotals> ReadAsync(string path)
    {
        ReadTotals totals = default;
        using StreamReader reader = new(path);
        while (await reader.ReadLineAsync() is { } text)
        {
            ResultLine line = JsonSerializer.Deserialize(text, UserJson.Default.ResultLine)!;
            int? status = line.Response?.StatusCode;
            totals.AddLine(line.Error is null && status is >= 200 and < 300, status, line.CustomId!.Length);
            totals.AddAnswer(line.Response?.Body?.Usage?.TotalTokens, line.Response?.Body?.Choices?[0].Message?.Content);
        }

        return totals;
    }

    public static void Write(IEnumerable<RequestLine> lines, string path)
    {
        using StreamWriter writer = new(path);
        foreach (RequestLine line in lines)
            writer.WriteLine(JsonSerializer.Serialize(line, UserJson.Default.RequestLine));
    }

    /// <returns>The answer of the server.</returns>
    public static async Task<string> UploadAsync(HttpClient http, Uri url, string path)
    {
        using MultipartFormDataContent form = new();
        form.Add(new StringContent("batch"), "purpose");
        form.Add(new StreamContent(File.OpenRead(path)), "file", Path.GetFileName(path));
        using HttpResponseMessage response = await http.PostAsync(url, form);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    public static async Task DownloadAsync(HttpClient http, Uri url, string path)
    {
        using HttpResponseMessage response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using FileStream file = File.Create(path);
        await response.Content.CopyToAsync(file);
    }
}
