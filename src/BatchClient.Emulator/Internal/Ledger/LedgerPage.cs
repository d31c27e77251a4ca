using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary><c>GET /_emulator/ledger</c>: the ledger for a test in another process. Not part of the API that is emulated.</summary>
internal sealed class LedgerPage(EmulatorLedger ledger, CreateLog creates, Gatekeeper gatekeeper)
{
    private const string Path = "/_emulator/ledger";
    private const int FlushBytes = 32 * 1024;

    public static bool IsAt(string rawTarget) => rawTarget.Split('?', 2)[0] == Path;

    public async Task SendAsync(Exchange exchange)
    {
        try
        {
            gatekeeper.RequireKey(exchange);
            if (exchange.Request.Method != "GET")
                throw new RefusedException(FrameworkReplies.For(405));
        }
        catch (RefusedException refused)
        {
            await exchange.SendAsync(refused.Reply).ConfigureAwait(false);
            return;
        }

        await exchange.SendJsonAsync(WriteAsync).ConfigureAwait(false);
    }

    private async Task WriteAsync(Utf8JsonWriter json, CancellationToken gone)
    {
        json.WriteStartObject();
        json.WriteStartArray("requests");
        await WriteEachAsync(json, ledger.Requests, WriteRequest, gone).ConfigureAwait(false);
        json.WriteEndArray();
        json.WriteStartArray("batches_created");
        await WriteEachAsync(json, creates.Snapshot(), WriteCreate, gone).ConfigureAwait(false);
        json.WriteEndArray();
        json.WriteStartObject("lines_billed");
        await WriteEachAsync(json, ledger.LinesBilled, (json, line) => json.WriteNumber(line.Key, line.Value), gone).ConfigureAwait(false);
        json.WriteEndObject();
        json.WriteStartArray("files_held");
        await WriteEachAsync(json, ledger.FilesHeld, (json, id) => json.WriteStringValue(id), gone).ConfigureAwait(false);
        json.WriteEndArray();
        json.WriteNumber("bytes_served", ledger.BytesServed);
        json.WriteNumber("bytes_received", ledger.BytesReceived);
        json.WriteEndObject();
    }

    private static async Task WriteEachAsync<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> write, CancellationToken gone)
    {
        foreach (T item in items)
        {
            write(json, item);
            if (json.BytesPending >= FlushBytes)
                await json.FlushAsync(gone).ConfigureAwait(false);
        }
    }

    private static void WriteRequest(Utf8JsonWriter json, LedgerRequest request)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", request.Sequence);
        json.WriteString("time", request.Time);
        json.WriteString("route", request.Route);
        json.WriteString("method", request.Method);
        json.WriteString("target", request.Target);
        json.WriteStartObject("headers");
        foreach ((string name, string value) in request.Headers)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteNumberOrNull("status", request.Status);
        json.WriteBoolean("hung", request.Hung);
        json.WriteEndObject();
    }

    private static void WriteCreate(Utf8JsonWriter json, CreateEntry create)
    {
        json.WriteStartObject();
        json.WriteString("id", create.BatchId);
        json.WriteString("input_file_id", create.InputFileId);
        json.WriteString("idempotency_key", create.IdempotencyKey);
        json.WriteString("intent", create.Intent);
        json.WriteEndObject();
    }
}
