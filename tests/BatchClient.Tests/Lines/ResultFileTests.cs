using System.Globalization;
using System.Net;
using System.Text;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Lines;

/// <summary>Whole result files with everything odd that was met in them, read over the public calls.</summary>
public sealed class ResultFileTests
{
    [Test]
    public async Task ReadResults_FileWithEveryOddity_IsReadAsExpected()
    {
        byte[] file = await File.ReadAllBytesAsync(Path.Combine(SourceTree.Fixtures, "ResultLines", "oddities.jsonl"));
        string expected = await File.ReadAllTextAsync(Path.Combine(SourceTree.Fixtures, "ResultLines", "oddities.expected.txt"));

        string reading = await ReadAsync("""{"id":"batch_1","status":"completed","output_file_id":"file-o","error_file_id":"file-e"}""", file, []);

        Assert.That(reading, Is.EqualTo(expected.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task ReadResults_ErrorFileIsTheOutputFile_IsReadOnce()
    {
        string reading = await ReadAsync(
            """{"id":"batch_1","status":"completed","output_file_id":"file-o","error_file_id":"file-o"}""",
            """{"custom_id":"a","response":{"status_code":200,"body":{}}}"""u8.ToArray(),
            []);

        Assert.That(reading.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1));
    }

    [TestCase("""{"id":"batch_1","status":"completed","output_file_id":null,"error_file_id":"file-e"}""", "b")]
    [TestCase("""{"id":"batch_1","status":"completed","output_file_id":"file-o","error_file_id":null}""", "a")]
    [TestCase("""{"id":"batch_1","status":"completed","output_file_id":"None","error_file_id":""}""", "")]
    [TestCase("""{"id":"batch_1","status":"expired","output_file_id":"file-o","error_file_id":"file-e"}""", "ab")]
    public async Task ReadResults_FilesThatThereAre_AreRead(string batch, string ids)
    {
        string reading = await ReadAsync(
            batch,
            """{"custom_id":"a","response":{"status_code":200,"body":{}}}"""u8.ToArray(),
            """{"custom_id":"b","response":null,"error":{"code":"batch_expired"}}"""u8.ToArray());

        Assert.That(string.Concat(reading.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[2])), Is.EqualTo(ids));
    }

    private static async Task<string> ReadAsync(string batch, byte[] output, byte[] errors)
    {
        using StubbedClient gateway = new(new StubHandler(request => request.Uri.AbsolutePath switch
        {
            "/v1/batches/batch_1" => StubHandler.Answer(HttpStatusCode.OK, Encoding.UTF8.GetBytes(batch)),
            "/v1/files/file-o/content" => StubHandler.Answer(HttpStatusCode.OK, output, "application/octet-stream"),
            "/v1/files/file-e/content" => StubHandler.Answer(HttpStatusCode.OK, errors, "application/octet-stream"),
            _ => StubHandler.Answer(HttpStatusCode.NotFound, []),
        }));
        BatchOperation operation = gateway.Client.Attach("batch_1");
        await operation.RefreshAsync();

        StringBuilder text = new();
        await foreach (BatchResultLine line in operation.ReadResultsAsync())
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.LineNumber} @{line.Offset} {line.CustomId ?? "-"} {line.Kind}");
            text.Append(CultureInfo.InvariantCulture, $" status={line.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "-"} text={line.ChatText ?? "-"} error={line.Error?.ToString() ?? "-"}\n");
        }

        return text.ToString();
    }
}
