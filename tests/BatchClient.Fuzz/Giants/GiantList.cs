using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using BatchGateway.Fuzz.Gateway;
using BatchGateway.Fuzz.Targets;

namespace BatchGateway.Fuzz.Giants;

/// <summary>The giants. What they may take is about twice what they took when this was written.</summary>
internal static class GiantList
{
    private const long Gigabyte = 1 << 30;

    public static IReadOnlyList<Giant> All { get; } =
    [
        new("error-body-1gb", 4, 10, ErrorBodyAsync),
        new("answer-1gb", 260, 20, AnswerAsync),
        new("length-that-lies", 4, 10, LengthAsync),
        new("json-10000-deep", 60, 30, DeepAsync),
        new("header-1mb", 400, 20, HeaderAsync),
        new("line-1gb", 300, 60, LineAsync),
        new("gzip-bomb", 60, 30, BombAsync),
        new("body-endless", 8, 60, EndlessBodyAsync),
        new("body-slow", 8, 10, SlowBodyAsync),
        new("blank-lines-100mb", 260, 60, BlankLinesAsync),
        new("list-of-nothing-60mb", 400, 60, ListAsync),
    ];

    private static async Task ErrorBodyAsync()
    {
        foreach (long? told in new long?[] { null, Gigabyte })
        {
            EndlessStream body = new("{\"error\":{\"message\":\""u8.ToArray(), (byte)'x', Gigabyte);
            BatchApiException refusal = await EndsAsync<BatchApiException>(
                _ => Answer(HttpStatusCode.InternalServerError, body, told), client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
            Must.Hold(body.Served < 1 << 20, "of an error only the beginning is read", $"{body.Served} bytes");
            Must.Hold(refusal.Body.Length <= 16 << 10, "of an error only the beginning is kept", $"{refusal.Body.Length} characters");
        }
    }

    private static async Task AnswerAsync()
    {
        EndlessStream body = new("{\"id\":\""u8.ToArray(), (byte)'x', Gigabyte);
        await EndsAsync<BatchResponseException>(_ => Answer(HttpStatusCode.OK, body), client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
        Must.Hold(body.Served < 80 << 20, "an absurd answer is not read to its end", $"{body.Served} bytes");
    }

    private static async Task LengthAsync()
    {
        await EndsAsync<BatchResponseException>(
            _ => Answer(HttpStatusCode.OK, new MemoryStream("{}"u8.ToArray()), long.MaxValue), client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
        string path = Path.Combine(Path.GetTempPath(), $"fuzz-{Guid.NewGuid():N}");
        await EndsAsync<BatchConnectionException>(
            _ => Answer(HttpStatusCode.OK, new MemoryStream("{}"u8.ToArray()), 100 << 20), client => client.Files.DownloadAsync("file-1", path)).ConfigureAwait(false);
        Must.Hold(!File.Exists(path), "after a failure there is no file", path);
    }

    private static Task ListAsync()
    {
        byte[] list = new byte[60 << 20];
        for (int at = 0; at < list.Length; at += 3)
            "{},"u8[..Math.Min(3, list.Length - at)].CopyTo(list.AsSpan(at));
        "{\"data\":["u8.CopyTo(list);
        "{}]}"u8.CopyTo(list.AsSpan(((list.Length / 3) - 2) * 3));
        list.AsSpan(9, 3).Fill((byte)' ');
        list.AsSpan((((list.Length / 3) - 2) * 3) + 4).Fill((byte)' ');
        return EndsAsync<BatchResponseException>(_ => Answer(HttpStatusCode.OK, new MemoryStream(list)), client => client.Batches.ListPageAsync());
    }

    private static async Task DeepAsync()
    {
        foreach (string deep in new[] { Nested("[", "]"), Nested("{\"error\":", "}"), Nested("{\"data\":[", "]}") })
        {
            string[] shapes = [deep, $"{{\"id\":{deep}}}", $"{{\"id\":\"b\",\"errors\":{deep}}}", $"{{\"id\":\"b\",\"x\":{deep}}}", $"{{\"data\":[{deep}]}}", $"{{\"error\":{deep}}}"];
            foreach (byte[] shape in shapes.Select(Encoding.UTF8.GetBytes))
            {
                await EndsAsync<BatchResponseException>(_ => Answer(HttpStatusCode.OK, new MemoryStream(shape)), client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
                await EndsAsync<BatchResponseException>(_ => Answer(HttpStatusCode.OK, new MemoryStream(shape)), client => client.Batches.ListPageAsync()).ConfigureAwait(false);
                await EndsAsync<BatchApiException>(_ => Answer(HttpStatusCode.BadRequest, new MemoryStream(shape)), client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
            }

            await AskAsync($"{{\"custom_id\":\"a\",\"response\":{{\"status_code\":200,\"body\":{deep}}}}}").ConfigureAwait(false);
            await AskAsync($"{{\"custom_id\":\"a\",\"error\":{deep}}}").ConfigureAwait(false);
        }
    }

    private static async Task HeaderAsync()
    {
        string text = new('x', 1 << 20);
        foreach (string name in new[] { "Retry-After", "ETag", "x-request-id", "Content-Type", "Content-Range", "Location", "Content-Encoding", "Date" })
        {
            foreach (string value in new[] { text, "1" + new string('0', 1 << 20), $"\"{text}\"", $"https://{text}/" })
            {
                await EndsAsync<BatchClientException>(_ => With(name, value, HttpStatusCode.TooManyRequests), client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
                await EndsAsync<BatchClientException>(_ => With(name, value, HttpStatusCode.Redirect), client => client.Files.GetContentAsync("file-1")).ConfigureAwait(false);
            }
        }
    }

    private static async Task LineAsync()
    {
        EndlessStream file = new("{\"custom_id\":\"a\",\"response\":{\"body\":\""u8.ToArray(), (byte)'x', Gigabyte);
        List<BatchResultLine> lines = [];
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(file).ConfigureAwait(false))
            lines.Add(line);
        Must.Hold(
            lines is [{ Kind: BatchOutcomeKind.Malformed, CustomId: "a", Raw.Length: <= 4096 }], "a line that is too long is malformed, and known by its id",
            $"{lines.Count} lines");
    }

    private static async Task BombAsync()
    {
        byte[] bomb = Zipped(new EndlessStream([], (byte)' ', 256 << 20));
        Must.Hold(bomb.Length < 4 << 20, "a bomb is small", $"{bomb.Length} bytes");
        HttpResponseMessage Exploding(HttpStatusCode status)
        {
            HttpResponseMessage response = Answer(status, new MemoryStream(bomb));
            response.Content.Headers.ContentEncoding.Add("gzip");
            return response;
        }

        await EndsAsync<BatchResponseException>(_ => Exploding(HttpStatusCode.OK), client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
        await EndsAsync<BatchApiException>(_ => Exploding(HttpStatusCode.BadRequest), client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
        await EndsAsync<BatchResponseException>(_ => Exploding(HttpStatusCode.OK), client => client.Files.GetContentAsync("file-1")).ConfigureAwait(false);
    }

    private static async Task EndlessBodyAsync()
    {
        // As long as somebody reads there is more; reading on takes no more memory.
        EndlessStream endless = new([], (byte)'\n', Gigabyte);
        using FuzzGateway gateway = new() { Answer = _ => Answer(HttpStatusCode.OK, endless) };
        BatchFileContent content = await gateway.Client.Files.GetContentAsync("file-1").ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            await content.Stream.CopyToAsync(Stream.Null).ConfigureAwait(false);
        Must.Hold(endless.Served == Gigabyte, "content is read to its end", $"{endless.Served} bytes");

        EndlessStream longer = new([], (byte)'x');
        string path = Path.Combine(Path.GetTempPath(), $"fuzz-{Guid.NewGuid():N}");
        await EndsAsync<BatchResponseException>(_ => Answer(HttpStatusCode.OK, longer, 10), client => client.Files.DownloadAsync("file-1", path)).ConfigureAwait(false);
        Must.Hold(longer.Served < 4 << 20 && !File.Exists(path), "what is longer than promised is not written on and on", $"{longer.Served} bytes");
    }

    private static async Task SlowBodyAsync()
    {
        BatchConnectionException slow = await EndsAsync<BatchConnectionException>(
            gateway => Answer(HttpStatusCode.OK, new EndlessStream([], (byte)' ') { Piece = 1, OnRead = () => gateway.NetworkClock.Advance(TimeSpan.FromSeconds(30)) }),
            client => client.Batches.GetAsync("batch_1")).ConfigureAwait(false);
        Must.Equal(slow.Timeout, nameof(BatchGatewayOptions.ControlTimeout), "an answer has a limit in all");

        BatchConnectionException silent = await EndsAsync<BatchConnectionException>(
            gateway => Answer(HttpStatusCode.OK, new EndlessStream([], (byte)' ') { Piece = 1, OnRead = () => gateway.NetworkClock.Advance(TimeSpan.FromMinutes(6)) }),
            ReadAsync).ConfigureAwait(false);
        Must.Equal(silent.Timeout, nameof(BatchGatewayOptions.TransferIdleTimeout), "silence has a limit");
    }

    private static async Task BlankLinesAsync()
    {
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(new EndlessStream([], (byte)'\n', 100 << 20)).ConfigureAwait(false))
            throw new Violation("blank lines are no lines", line.ToString());
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(new EndlessStream(" \r\n\t"u8.ToArray(), (byte)' ', 60 << 20)).ConfigureAwait(false))
            throw new Violation("blank lines are no lines", line.ToString());
    }

    private static async Task ReadAsync(IBatchClient client)
    {
        BatchFileContent content = await client.Files.GetContentAsync("file-1").ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            await content.Stream.CopyToAsync(Stream.Null).ConfigureAwait(false);
    }

    /// <summary>A line is read, and so is what is asked of it, or it is no JSON.</summary>
    private static async Task AskAsync(string text)
    {
        await foreach (BatchResultLine line in BatchResultFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text))).ConfigureAwait(false))
        {
            Must.Equal(line.CustomId, "a", "a deep line is known by its id");
            _ = line.ChatText;
            foreach (Func<object?> read in new Func<object?>[] { line.ReadChat, line.ReadResponse, line.ReadEmbeddings })
            {
                try
                {
                    read();
                }
                catch (JsonException)
                {
                    // The documented end.
                }
            }
        }
    }

    private static async Task<T> EndsAsync<T>(Func<FuzzGateway, HttpResponseMessage> answer, Func<IBatchClient, Task> call)
        where T : BatchClientException
    {
        using FuzzGateway gateway = new();
        gateway.Answer = _ => answer(gateway);
        try
        {
            await call(gateway.Client).ConfigureAwait(false);
        }
        catch (T exception)
        {
            Must.Hold(exception.Message.Length <= 20_000, "an exception's message has a length", $"{exception.Message.Length} characters");
            return exception;
        }

        throw new Violation("what is too much is an exception", typeof(T).Name);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, Stream body, long? length = null) =>
        new(status) { Content = new StreamContent(body) { Headers = { ContentLength = length } } };

    private static HttpResponseMessage With(string name, string value, HttpStatusCode status)
    {
        HttpResponseMessage response = Answer(status, new MemoryStream("{}"u8.ToArray()));
        if (!response.Headers.TryAddWithoutValidation(name, value))
            response.Content.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static string Nested(string open, string close) =>
        string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));

    private static byte[] Zipped(Stream content)
    {
        MemoryStream zipped = new();
        using (GZipStream zip = new(zipped, CompressionLevel.Optimal))
            content.CopyTo(zip);
        return zipped.ToArray();
    }
}
