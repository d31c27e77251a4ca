using System.Text;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Support;

/// <summary>Tests on the blobs of one run, in a folder of their own.</summary>
public abstract class BlobTests
{
    private TestFolder _folder = null!;

    internal WatchedBlobs Blobs { get; private set; } = null!;

    internal TestFolder Folder => _folder;

    [SetUp]
    public void OpenBlobs()
    {
        _folder = new TestFolder();
        Blobs = new WatchedBlobs(FolderBlobs.Open(_folder["blobs"]));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    internal async Task<string> TextAsync(string name)
    {
        using StreamReader reader = new(await Blobs.OpenAsync(name, default));
        return await reader.ReadToEndAsync();
    }

    internal async Task PublishAsync(string name, string text)
    {
        await using IBlobWriter writer = await Blobs.CreateAsync(name, default);
        await writer.Stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await writer.PublishAsync();
    }

    /// <summary>The shards of an input as the store gives them.</summary>
    internal static async Task<IReadOnlyList<ShardRow>> SealAsync(SpooledInput input)
    {
        await using IRunStore store = new MemoryRunStore(TimeProvider.System);
        RunRow run = await store.OpenRunAsync("nightly");
        await store.SealInputAsync(run.Id, input.Seal, input.Shards);
        return await store.ListShardsAsync(run.Id);
    }

    internal async Task<IReadOnlyList<ShardRow>> SpoolAsync(IEnumerable<BatchRequestLine> lines, BatchLimits? limits = null) =>
        await SealAsync(await new InputSpool(Blobs).WriteAsync(lines.ToAsync(), limits ?? new BatchLimits()));

    /// <summary>The row that a shard for another attempt gets.</summary>
    internal static ShardRow Row(NewShard shard, int number, ShardRow parent) => new()
    {
        Run = parent.Run,
        Number = number,
        Attempt = shard.Attempt,
        Parent = parent.Number,
        Lines = shard.Lines,
        Bytes = shard.Bytes,
        Tokens = shard.Tokens,
        Blob = shard.Blob,
        State = ShardState.Planned,
        Fence = 1,
    };
}
