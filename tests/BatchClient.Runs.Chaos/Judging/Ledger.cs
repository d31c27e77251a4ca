using System.Net.Http.Headers;
using System.Text.Json;

namespace BatchGateway.Runs.Chaos.Judging;

/// <summary>What really happened at the gateway, as its control path tells it.</summary>
internal sealed record Ledger
{
    public static Ledger Empty { get; } = new();

    public IReadOnlyList<LedgerBatch> Batches { get; init; } = [];

    /// <summary>How often each line was paid for, by custom id.</summary>
    public IReadOnlyDictionary<string, int> LinesBilled { get; init; } = new Dictionary<string, int>();

    /// <summary>The tokens that creates carried.</summary>
    public int Intents => Batches.Select(batch => batch.Intent).Distinct().Count();

    /// <summary>How often lines were paid for, each time counted.</summary>
    public int Billed => LinesBilled.Values.Sum();

    public static async Task<Ledger> ReadAsync(HttpClient http, Uri gateway)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(gateway, "/_emulator/ledger"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "emulator-key");
        using HttpResponseMessage answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        return Parse(await JsonDocument.ParseAsync(body));
    }

    public static Ledger Parse(JsonDocument json)
    {
        using (json)
        {
            JsonElement root = json.RootElement;
            return new Ledger
            {
                Batches = [.. root.GetProperty("batches_created").EnumerateArray().Select(BatchOf)],
                LinesBilled = root.GetProperty("lines_billed").EnumerateObject().ToDictionary(line => line.Name, line => line.Value.GetInt32()),
            };
        }
    }

    private static LedgerBatch BatchOf(JsonElement batch) => new(
        batch.GetProperty("id").GetString()!,
        batch.GetProperty("input_file_id").GetString()!,
        batch.GetProperty("idempotency_key").GetString() ?? batch.GetProperty("intent").GetString());
}
