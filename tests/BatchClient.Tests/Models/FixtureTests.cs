using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Internal.Json;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Models;

/// <summary>
/// Every shape of an answer that was met in the field, read over the public calls. Beside each <c>name.json</c> stands what must be read
/// from it, <c>name.expected.txt</c>, written by hand.
/// </summary>
public sealed class FixtureTests
{
    [TestCaseSource(nameof(In), new object[] { "Batches" })]
    public async Task GetBatch_ShapeMetInTheField_IsReadAsExpected(string name)
    {
        byte[] json = Bytes("Batches", name);

        Batch batch = await ReadBatchAsync(json);

        Assert.That(ModelText.Of(batch), Is.EqualTo(Expected("Batches", name)));
        Assert.That(batch.RawJson.ToArray(), Is.EqualTo(json));
    }

    [TestCaseSource(nameof(In), new object[] { "Batches" })]
    public async Task GetBatch_WrittenAndReadAgain_IsTheSame(string name)
    {
        Batch first = await ReadBatchAsync(Bytes("Batches", name));

        Batch second = await ReadBatchAsync(Write(first, BatchJsonContext.Default.Batch));

        Assert.That(Comparable(ModelText.Of(second)), Is.EqualTo(Comparable(ModelText.Of(first))));
    }

    [TestCaseSource(nameof(In), new object[] { "Files" })]
    public async Task GetFile_ShapeMetInTheField_IsReadAsExpected(string name)
    {
        byte[] json = Bytes("Files", name);

        BatchFile file = await ReadFileAsync(json);

        Assert.That(ModelText.Of(file), Is.EqualTo(Expected("Files", name)));
        Assert.That(file.RawJson.ToArray(), Is.EqualTo(json));
    }

    [TestCaseSource(nameof(In), new object[] { "Files" })]
    public async Task GetFile_WrittenAndReadAgain_IsTheSame(string name)
    {
        BatchFile first = await ReadFileAsync(Bytes("Files", name));

        BatchFile second = await ReadFileAsync(Write(first, BatchJsonContext.Default.BatchFile));

        Assert.That(ModelText.Of(second), Is.EqualTo(ModelText.Of(first)));
    }

    [TestCaseSource(nameof(In), new object[] { "BatchPages" })]
    public async Task ListBatches_ShapeMetInTheField_IsReadAsExpected(string name)
    {
        byte[] json = Bytes("BatchPages", name);
        using StubbedClient gateway = new(StubHandler.Json(json));

        ListPage<Batch> page = await gateway.Client.Batches.ListPageAsync();

        Assert.That(ModelText.Of(page), Is.EqualTo(Expected("BatchPages", name)));
        Assert.That(page.Data, Has.All.Matches<Batch>(batch => json.AsSpan().IndexOf(batch!.RawJson.Span) > 0));
    }

    [TestCaseSource(nameof(In), new object[] { "FilePages" })]
    public async Task ListFiles_ShapeMetInTheField_IsReadAsExpected(string name)
    {
        using StubbedClient gateway = new(StubHandler.Json(Bytes("FilePages", name)));

        ListPage<BatchFile> page = await gateway.Client.Files.ListPageAsync();

        Assert.That(ModelText.Of(page), Is.EqualTo(Expected("FilePages", name)));
    }

    [Test]
    public void Fixtures_EachExpectation_HasItsJson()
    {
        IEnumerable<string> orphans = Directory.EnumerateFiles(SourceTree.Fixtures, "*.expected.txt", SearchOption.AllDirectories)
            .Where(path => !File.Exists(path.Replace(".expected.txt", ".json", StringComparison.Ordinal))
                && !File.Exists(path.Replace(".expected.txt", ".jsonl", StringComparison.Ordinal)));

        Assert.That(orphans, Is.Empty);
    }

    private static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Fixtures, folder), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private static byte[] Bytes(string folder, string name) => File.ReadAllBytes(Path.Combine(SourceTree.Fixtures, folder, name + ".json"));

    private static string Expected(string folder, string name) =>
        File.ReadAllText(Path.Combine(SourceTree.Fixtures, folder, name + ".expected.txt")).ReplaceLineEndings("\n");

    private static byte[] Write<T>(T model, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(model, type);

    /// <summary>The JSON text of a member may be written with other white space; its meaning stands in the other members.</summary>
    private static string Comparable(string reading) =>
        string.Join('\n', reading.Split('\n').Select(line => line.Contains("Json: ", StringComparison.Ordinal) ? line.Replace(" ", "", StringComparison.Ordinal) : line));

    private static async Task<Batch> ReadBatchAsync(byte[] json)
    {
        using StubbedClient gateway = new(StubHandler.Json(json));
        return await gateway.Client.Batches.GetAsync("batch_1");
    }

    private static async Task<BatchFile> ReadFileAsync(byte[] json)
    {
        using StubbedClient gateway = new(StubHandler.Json(json));
        return await gateway.Client.Files.GetAsync("file-1");
    }
}
