using System.Net.Http.Headers;
using System.Net.Http.Json;
using BatchGateway.AotSmoke;

return await Stage.RunAsync(args, FirstAsync, LifeAsync);

static async Task<string> FirstAsync()
{
    using HttpClient http = Open(new CannedGateway(), "https://gateway.example/v1/", "key");
    RawBatch? batch = await http.GetFromJsonAsync("batches/batch_1", RawJson.Default.RawBatch);
    return batch!.Status;
}

static async Task<int> LifeAsync(string[] gateway)
{
    using HttpClient http = Open(new SocketsHttpHandler(), gateway[0], gateway[1]);
    RawLife life = new(http);
    return await life.CountCompletionsAsync();
}

static HttpClient Open(HttpMessageHandler handler, string url, string key)
{
    HttpClient http = new(handler) { BaseAddress = new Uri(url) };
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    return http;
}
