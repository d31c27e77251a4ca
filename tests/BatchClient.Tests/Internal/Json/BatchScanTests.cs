using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchGateway.Internal.Json;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Internal.Json;

/// <summary>There are two readers of a batch, and System.Text.Json has the last word: whatever the scan takes, it must take for the same.</summary>
public sealed class BatchScanTests
{
    private const string Usual = """
        {"id":"batch_1","object":"batch","endpoint":"/v1/chat/completions","model":"gpt-4o-mini","errors":null,"input_file_id":"file-1",
         "completion_window":"24h","status":"in_progress","output_file_id":"file-2","error_file_id":"file-3","created_at":1761896225,
         "in_progress_at":1761896226,"expires_at":1761982625,"finalizing_at":1761896227,"completed_at":1761896228,"failed_at":1761896229,
         "expired_at":1761896230,"cancelling_at":1761896231,"cancelled_at":1761896232,
         "request_counts":{"total":10,"completed":7,"failed":3},
         "usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3,"input_tokens_details":{"cached_tokens":4},"output_tokens_details":{"reasoning_tokens":5}},
         "metadata":{"job":"nightly"}}
        """;

    // Each of them stands for every member in turn.
    private static readonly string[] Values =
    [
        "null", "0", "-1", "1", "1.5", "1e3", "1718726892000", "999999999999999999", "9999999999999999999", "true", "false", "\"\"", "\"None\"",
        "\"x\"", "\"1761896225\"", "\"2024-07-19T17:13:57Z\"", "\"\\u0041\"", "\"\\ud800\"", "\"ä\"", "[]", "{}", "[1]", "{\"total\":\"1\"}",
        "{\"total\":1,\"total\":2}", "{\"succeeded\":1}", "{\"prompt_tokens\":1}", "{\"input_tokens\":1,\"extra\":{\"a\":[1]}}", "{\"a\":1}",
    ];

    private static IEnumerable<string> Fixtures => Directory.GetFiles(Path.Combine(SourceTree.Root, "tests", "BatchClient.Tests", "Fixtures", "Batches"))
        .Order(StringComparer.Ordinal).Select(path => Path.GetFileName(path));

    private static IEnumerable<string> Members => JsonNode.Parse(Usual)!.AsObject().Select(member => member.Key);

    [Test]
    public void Read_UsualBatch_IsTakenWithAllItsMembers()
    {
        Batch? batch = BatchScan.Read(Encoding.UTF8.GetBytes(Usual), null);

        Assert.That(batch, Is.Not.Null);
        Assert.That(Text(batch), Is.EqualTo(Text(Parse(Encoding.UTF8.GetBytes(Usual)))));
        Assert.That((batch.Usage!.CachedTokens, batch.Usage.ReasoningTokens, batch.Metadata["job"]), Is.EqualTo((4, 5, "nightly")));
        Assert.That(batch.AdditionalProperties, Is.Empty);
    }

    [Test]
    public void Read_IdThatWasAskedFor_IsTheSameString() =>
        Assert.That(BatchScan.Read("""{"id":"batch_1"}"""u8.ToArray(), "batch_1")!.Id, Is.EqualTo("batch_1"));

    [Test]
    public void Read_OtherIdThanWasAskedFor_IsItsOwn() =>
        Assert.That(BatchScan.Read("""{"id":"batch_2"}"""u8.ToArray(), "batch_1")!.Id, Is.EqualTo("batch_2"));

    [Test]
    public void Read_UnknownMembers_AreKept()
    {
        Batch batch = BatchScan.Read("""{"id":"b","job_name":"n","tfy":{"a":1}}"""u8.ToArray(), null)!;

        Assert.That(batch.AdditionalProperties.Keys, Is.EqualTo(new[] { "job_name", "tfy" }));
        Assert.That(batch.AdditionalProperties["tfy"].GetRawText(), Is.EqualTo("""{"a":1}"""));
    }

    [Test]
    public void Equals_AfterTheMetadataWereLookedAt_IsWhatItWas()
    {
        byte[] json = Encoding.UTF8.GetBytes(Usual);
        Batch batch = BatchScan.Read(json, null)!;
        Batch copy = batch with { };

        _ = batch.Metadata;

        Assert.That((batch == copy, batch.GetHashCode() == copy.GetHashCode()), Is.EqualTo((true, true)));
        Assert.That(batch with { Metadata = new Dictionary<string, string> { ["job"] = "other" } }, Is.Not.EqualTo(batch));
    }

    [TestCase("{}")]
    [TestCase("""{"id":null}""")]
    [TestCase("""{"id":"b","id":"c"}""")]
    [TestCase("""{"id":"b"} x""")]
    [TestCase("""{"id":"b",}""")]
    [TestCase("""{"id":"b","request_counts":{"total":1,"processing":1}}""")]
    [TestCase("""{"id":"b","errors":{"data":[]}}""")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("")]
    public void Read_Unusual_IsLeftToTheOther(string json) => Assert.That(BatchScan.Read(Encoding.UTF8.GetBytes(json), null), Is.Null);

    [TestCaseSource(nameof(Fixtures))]
    public void Read_Fixture_IsWhatSystemTextJsonReads(string name) => AssertSame(
        File.ReadAllBytes(Path.Combine(SourceTree.Root, "tests", "BatchClient.Tests", "Fixtures", "Batches", name)));

    [TestCaseSource(nameof(Members))]
    public void Read_AnyValueOfAMember_IsWhatSystemTextJsonReads(string member)
    {
        foreach (string value in Values)
        {
            string rest = string.Concat(JsonNode.Parse(Usual)!.AsObject().Where(other => other.Key != member)
                .Select(other => $",\"{other.Key}\":{other.Value?.ToJsonString() ?? "null"}"));
            AssertSame(Encoding.UTF8.GetBytes($"{{\"{member}\":{value}{rest}}}"));
        }
    }

    [Test]
    public void Read_CutAnywhere_IsNotTaken()
    {
        byte[] json = Encoding.UTF8.GetBytes(Usual.Trim());
        for (int length = 0; length < json.Length; length++)
            Assert.That(BatchScan.Read(json.AsMemory(0, length), null), Is.Null, $"{length} bytes");
    }

    private static void AssertSame(byte[] json)
    {
        if (BatchScan.Read(json, "batch_1") is not { } batch)
            return;

        string text = Encoding.UTF8.GetString(json);
        Batch expected = Parse(json);
        Assert.That(Text(batch), Is.EqualTo(Text(expected)), text);
        Assert.That(batch.MetadataJson?.GetRawText(), Is.EqualTo(expected.MetadataJson?.GetRawText()), text);
        Assert.That(batch.AdditionalProperties.Keys, Is.EquivalentTo(expected.AdditionalProperties.Keys), text);
    }

    private static Batch Parse(byte[] json) => JsonSerializer.Deserialize(json, BatchJsonContext.Default.Batch)!;

    // Metadata may hold half of a surrogate pair, which nobody writes.
    private static string Text(Batch batch) => JsonSerializer.Serialize(batch with { MetadataJson = null }, BatchJsonContext.Default.Batch);
}
