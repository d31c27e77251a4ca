using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BatchGateway.Emulator.Tests.Support;

/// <summary>An emulator and a plain HTTP client for it. Every request has a connection of its own, so that nothing is sent again unasked.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string Chat = "/v1/chat/completions";

    private readonly HttpClient _http;

    private TestGateway(BatchGatewayEmulator emulator)
    {
        Emulator = emulator;
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, AllowAutoRedirect = false });
    }

    public BatchGatewayEmulator Emulator { get; }

    public EmulatorClock Clock => Emulator.Clock;

    public EmulatorLedger Ledger => Emulator.Ledger;

    /// <summary>Starts an emulator on a clock that stands still, unless told otherwise.</summary>
    public static async Task<TestGateway> StartAsync(Action<EmulatorOptions>? configure = null)
    {
        EmulatorOptions options = new() { Clock = EmulatorClock.Manual() };
        configure?.Invoke(options);
        return new TestGateway(await BatchGatewayEmulator.StartAsync(options));
    }

    public static Task<TestGateway> StartOpenAIAsync(Action<EmulatorOptions>? configure = null) => StartAsync(options =>
    {
        options.Personality = EmulatorPersonality.OpenAI;
        configure?.Invoke(options);
    });

    /// <summary>Starts an emulator of a personality, where a batch can be made of an uploaded file at once.</summary>
    public static Task<TestGateway> StartReadyAsync(EmulatorPersonality personality, Action<EmulatorOptions>? configure = null) =>
        StartAsync(options =>
        {
            options.Personality = personality;
            options.FilePendingFor = TimeSpan.Zero;
            configure?.Invoke(options);
        });

    /// <summary>Input lines with the custom ids <c>line-1</c>, <c>line-2</c>, ...</summary>
    public static string Lines(int count) => string.Concat(Enumerable.Range(1, count).Select(number => Line($"line-{number}")));

    public static string Line(string customId, string url = Chat, string model = "gpt-4o-mini", string user = "hello") =>
        $$$"""{"custom_id":"{{{customId}}}","method":"POST","url":"{{{url}}}","body":{"model":"{{{model}}}","messages":[{"role":"user","content":"{{{user}}}"}]}}""" + "\n";

    public HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null, string? provider = null)
    {
        HttpRequestMessage request = new(method, Emulator.BaseUrl + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Emulator.ApiKey);
        if (provider is not null)
            request.Headers.Add("x-tfy-provider-name", provider);
        return request;
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using HttpResponseMessage response = await _http.SendAsync(request);
            return await Answer.ReadAsync(response);
        }
    }

    public Task<HttpResponseMessage> SendForHeadersAsync(HttpRequestMessage request, CancellationToken cancellationToken = default) =>
        _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Asks for a part of a file's content.</summary>
    public Task<Answer> GetRangeAsync(string file, string range, string? ifRange = null)
    {
        HttpRequestMessage request = Request(HttpMethod.Get, $"/files/{file}/content");
        request.Headers.TryAddWithoutValidation("Range", range);
        if (ifRange is not null)
            request.Headers.TryAddWithoutValidation("If-Range", ifRange);
        return SendAsync(request);
    }

    /// <summary>Returns once a call has got a request, answered or not.</summary>
    public async Task ArrivedAsync(EmulatorRoute route)
    {
        while (Ledger.Count(route) == 0)
            await Task.Yield();
    }

    public Task<Answer> GetAsync(string path, string? provider = null) => SendAsync(Request(HttpMethod.Get, path, provider: provider));

    public Task<Answer> PostJsonAsync(string path, string json, string? provider = null) =>
        SendAsync(Request(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), provider));

    public Task<Answer> UploadAsync(HttpContent file, string filename = "requests.jsonl", string purpose = "batch", string? provider = null)
    {
        MultipartFormDataContent form = new() { { new StringContent(purpose), "purpose" }, { file, "file", filename } };
        return SendAsync(Request(HttpMethod.Post, "/files", form, provider));
    }

    public async Task<string> UploadAsync(string text, string purpose = "batch", string? provider = null)
    {
        Answer answer = await UploadAsync(new StringContent(text), purpose: purpose, provider: provider);
        return answer.Require(HttpStatusCode.OK).Id;
    }

    public Task<Answer> TryCreateAsync(string fileId, string more = "", string? provider = null) =>
        PostJsonAsync("/batches", $$"""{"input_file_id":"{{fileId}}","endpoint":"{{Chat}}","completion_window":"24h"{{more}}}""", provider);

    public async Task<string> CreateAsync(string fileId, string more = "", string? provider = null)
    {
        Answer answer = await TryCreateAsync(fileId, more, provider);
        return answer.Require(HttpStatusCode.OK).Id;
    }

    /// <summary>Uploads and creates in one go.</summary>
    public async Task<string> CreateFromAsync(string text, string more = "") => await CreateAsync(await UploadAsync(text), more);

    public async Task<JsonElement> BatchAsync(string id)
    {
        Answer answer = await GetAsync($"/batches/{id}");
        return answer.Require(HttpStatusCode.OK).Json;
    }

    public async Task<JsonElement> BatchAfterAsync(string id, TimeSpan by)
    {
        Clock.Advance(by);
        return await BatchAsync(id);
    }

    public Task<Answer> CancelAsync(string id) => SendAsync(Request(HttpMethod.Post, $"/batches/{id}/cancel"));

    /// <summary>What becomes of a batch of these lines in the end.</summary>
    public async Task<JsonElement> EndAsync(string lines) => await BatchAfterAsync(await CreateFromAsync(lines), TimeSpan.FromDays(2));

    /// <summary>The lines of the file that a batch names in a member; none where it names none.</summary>
    public async Task<List<JsonElement>> ResultsAsync(JsonElement batch, string member)
    {
        if (batch.GetProperty(member).GetString() is null)
            return [];
        byte[] content = await ContentAsync(batch, member);
        string[] lines = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>The custom ids in a batch's output file, in the file's order.</summary>
    public async Task<List<string>> OutputIdsAsync(JsonElement batch) =>
        [.. (await ResultsAsync(batch, "output_file_id")).Select(line => line.Text("custom_id")!)];

    /// <summary>The bytes of the file that a batch names in a member.</summary>
    public async Task<byte[]> ContentAsync(JsonElement batch, string member)
    {
        Answer content = await GetAsync($"/files/{batch.Text(member)}/content");
        return content.Require(HttpStatusCode.OK).Bytes;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
    }
}
