using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>The balance of a life: what the gateway has, fetched without the client, against what the user was given.</summary>
internal sealed class Account
{
    private const int MostTries = 40;

    private readonly BatchGatewayEmulator _emulator;
    private readonly IReadOnlyList<BatchOutcome<string, string?>> _outcomes;
    private readonly IReadOnlyList<BatchResultLine> _unmatched;

    /// <summary>Opens the account.</summary>
    /// <param name="emulator">The gateway.</param>
    /// <param name="outcomes">The outcomes that the user was given.</param>
    /// <param name="unmatched">The lines that the user was given beside them.</param>
    public Account(BatchGatewayEmulator emulator, IReadOnlyList<BatchOutcome<string, string?>> outcomes, IReadOnlyList<BatchResultLine> unmatched)
    {
        _emulator = emulator;
        _outcomes = outcomes;
        _unmatched = unmatched;
    }

    /// <summary>Batches beyond one per intent and per input file.</summary>
    public int CreatedTwice => Math.Max(Beyond("Idempotency-Key"), ByFile());

    public int PaidTwice => _emulator.Ledger.LinesBilled.Values.Count(times => times > 1);

    /// <summary>Files beyond the input and the results of each batch.</summary>
    public async Task<int> FilesLeftAsync() =>
        _emulator.Ledger.FilesHeld.Count - _emulator.Ledger.BatchesCreated.Count - (await ResultFilesAsync()).Count;

    /// <summary>Input lines without exactly one outcome, and lines of the gateway's result files that the user was not given as they stand.</summary>
    public async Task<int> LinesLostAsync()
    {
        int lost = Answers.Ids.Count(id => _outcomes.Count(outcome => outcome.CustomId == id) != 1);
        int there = 0;
        foreach (string file in await ResultFilesAsync())
        {
            foreach (byte[] line in Lines(await GetAsync($"files/{file}/content")))
            {
                there++;
                lost += IsHandedOutOtherwise(line) ? 1 : 0;
            }
        }

        int handed = _outcomes.Count(outcome => outcome.Line is not null) + _unmatched.Count;
        return lost + Math.Max(0, there - handed);
    }

    /// <summary>Whether a line is an answer that the user got as another or as none.</summary>
    private bool IsHandedOutOtherwise(byte[] line)
    {
        if (AnswerOf(line) is not ({ } id, { } text) || !Answers.Ids.Contains(id))
            return false;
        return _outcomes.FirstOrDefault(outcome => outcome.CustomId == id) is not { Kind: BatchOutcomeKind.Succeeded, Result: { } result }
            || result != text;
    }

    private static (string? Id, string? Text) AnswerOf(byte[] line)
    {
        if (!Utf8.IsValid(line))
            return default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            JsonElement response = root.GetProperty("response");
            return response.GetProperty("status_code").GetInt32() != 200
                ? default
                : (root.GetProperty("custom_id").GetString(),
                    response.GetProperty("body").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return default;
        }
    }

    private static IEnumerable<byte[]> Lines(byte[] content)
    {
        ReadOnlyMemory<byte> rest = content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsMemory(3) : content;
        while (!rest.IsEmpty)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            byte[] line = (end < 0 ? rest : rest[..end]).Span.Trim(" \t\r"u8).ToArray();
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Length > 0)
                yield return line;
        }
    }

    private async Task<IReadOnlyList<string>> ResultFilesAsync()
    {
        List<string> files = [];
        foreach (string id in _emulator.Ledger.BatchesCreated)
        {
            using JsonDocument batch = JsonDocument.Parse(await GetAsync($"batches/{id}"));
            foreach (string name in new[] { "output_file_id", "error_file_id" })
            {
                if (TextOf(batch.RootElement, name) is { Length: > 0 } file)
                    files.Add(file);
            }
        }

        return [.. files.Distinct()];
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private int ByFile() => _emulator.Ledger.FilesHeld.Sum(file => Math.Max(0, _emulator.Ledger.BatchesCreatedFor(file).Count - 1));

    private int Beyond(string header) => _emulator.Ledger.Requests
        .Where(request => request.Route == _emulator.OnCreateBatch.Name && request.Headers.ContainsKey(header))
        .Select(request => request.Headers[header]).Distinct()
        .Sum(token => Math.Max(0, _emulator.Ledger.CreatesWithKey(token).Count - 1));

    /// <summary>What the gateway has, asked for without the client until no misfortune comes in between.</summary>
    private async Task<byte[]> GetAsync(string path)
    {
        using HttpClient direct = new();
        direct.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _emulator.ApiKey);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using HttpResponseMessage response = await direct.GetAsync(new Uri($"{_emulator.BaseUrl}/{path}"));
                byte[] body = await response.Content.ReadAsByteArrayAsync();
                if (response.IsSuccessStatusCode && body is not [(byte)'<', ..])
                    return body;
            }
            catch (HttpRequestException) when (attempt < MostTries)
            {
            }

            Assert.That(attempt, Is.LessThan(MostTries), $"The gateway itself never gave {path}.");
        }
    }
}
