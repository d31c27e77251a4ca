using BatchGateway.Emulator;
using BatchGateway.Runs.Internal;
using BatchGateway.Runs.Tests.Support;
using Microsoft.Data.Sqlite;

namespace BatchGateway.Runs.Tests.Internal.Store.Sqlite;

public sealed class SqliteRunStoreTests
{
    private static readonly EmulatorClock Clock = EmulatorClock.Manual();

    private TestFolder _folder = null!;

    private string Path => _folder["runs.db"];

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Dispose_Store_LeavesOneFile()
    {
        await using (IRunStore store = await OpenAsync())
            await store.ReadEventsAsync((await store.SealedAsync()).Id).ToListAsync();

        Assert.That(_folder.Files, Is.EqualTo(new[] { "runs.db" }));
    }

    [Test]
    public async Task Open_LogLeftByAnAbruptEnd_HasWhatWasAcknowledged()
    {
        await using IRunStore abandoned = await OpenAsync();
        RunRow run = await abandoned.SealedAsync();
        ShardClaim claim = await abandoned.TerminalAsync(run);
        ApplyResult harvested = await abandoned.HarvestAsync(claim, Enumerable.Range(0, 10).Select(line => Steps.Outcome(line)));

        // What a killed process leaves: the file as it was, and the log beside it.
        using TestFolder copy = new();
        foreach (string name in new[] { "runs.db", "runs.db-wal" })
            File.Copy(_folder[name], copy[name]);
        await using IRunStore store = await SqliteRunStore.OpenAsync(copy["runs.db"], Clock);

        Assert.That(new FileInfo(copy["runs.db-wal"]).Length, Is.Positive, "else nothing was tested");
        Assert.That(await store.ListShardsAsync(run.Id), Is.EqualTo(new[] { harvested.Shard }));
        Assert.That(await store.ReadOutcomesAsync(run.Id).ToListAsync(), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task Open_LogCutInTheMiddleOfATransaction_HasTheStateBeforeIt()
    {
        await using IRunStore abandoned = await OpenAsync();
        RunRow run = await abandoned.SealedAsync(linesPerShard: 5000);
        ShardClaim claim = await abandoned.TerminalAsync(run);
        long before = new FileInfo(_folder["runs.db-wal"]).Length;
        await abandoned.HarvestAsync(claim, Enumerable.Range(0, 5000).Select(line => Steps.Outcome(line)), new NewShard("retry/1", 1, 1, 1));

        using TestFolder copy = new();
        foreach (string name in new[] { "runs.db", "runs.db-wal" })
            File.Copy(_folder[name], copy[name]);
        using (FileStream log = File.OpenWrite(copy["runs.db-wal"]))
            log.SetLength(before + ((log.Length - before) / 2));
        await using IRunStore store = await SqliteRunStore.OpenAsync(copy["runs.db"], Clock);

        Assert.That(await store.ListShardsAsync(run.Id), Is.EqualTo(new[] { claim.Shard }));
        Assert.That(await store.ReadOutcomesAsync(run.Id).ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task Open_SchemaOfANewerVersion_SaysSoAndChangesNothing()
    {
        await using (await OpenAsync())
        {
        }

        Execute("PRAGMA user_version = 7");
        byte[] before = await File.ReadAllBytesAsync(Path);

        RunStoreException? refused = await Assert.ThrowsAsync<RunStoreException>(OpenAsync);

        Assert.That(refused!.Message, Does.Contain(Path).And.Contain("newer version").And.Contain("its schema is 7, this version knows 1"));
        Assert.That(await File.ReadAllBytesAsync(Path), Is.EqualTo(before));
    }

    [Test]
    public async Task Open_DatabaseOfSomethingElse_SaysSo()
    {
        Execute("CREATE TABLE albums (title TEXT)");
        byte[] before = await File.ReadAllBytesAsync(Path);

        RunStoreException? refused = await Assert.ThrowsAsync<RunStoreException>(OpenAsync);

        Assert.That(refused!.Message, Does.Contain("something else"));
        Assert.That(await File.ReadAllBytesAsync(Path), Is.EqualTo(before));
        Assert.That(_folder.Files, Is.EqualTo(new[] { "runs.db" }));
    }

    [Test]
    public async Task Open_FileThatIsNoDatabase_SaysSoAndKeepsIt()
    {
        string text = string.Concat(Enumerable.Repeat("no database at all. ", 1000));
        await File.WriteAllTextAsync(Path, text);

        RunStoreException? refused = await Assert.ThrowsAsync<RunStoreException>(OpenAsync);

        Assert.That(refused!.Message, Does.Contain(Path).And.Contain("is no store of runs"));
        Assert.That(await File.ReadAllTextAsync(Path), Is.EqualTo(text));
    }

    [Test]
    public async Task Read_DamagedPages_SaysThatTheFileIsDamaged()
    {
        RunRow run;
        await using (IRunStore writer = await OpenAsync())
        {
            run = await writer.SealedAsync(linesPerShard: 5000);
            await writer.HarvestAsync(await writer.TerminalAsync(run), Enumerable.Range(0, 5000).Select(line => Steps.Outcome(line)));
        }

        using (FileStream file = File.OpenWrite(Path))
        {
            file.Position = 64 * 1024;
            file.Write([.. Enumerable.Repeat((byte)0xA5, (int)(file.Length - file.Position))]);
        }

        await using IRunStore store = await OpenAsync();
        RunStoreException? damaged = await Assert.ThrowsAsync<RunStoreException>(() => store.ReadOutcomesAsync(run.Id).ToListAsync());

        Assert.That(damaged!.Message, Does.Contain("is damaged"));
    }

    [Test]
    public async Task TwoStores_OnOneFile_ShareFencesAndNeverAShard()
    {
        await using IRunStore one = await OpenAsync();
        await using IRunStore two = await OpenAsync();
        RunRow run = await one.SealedAsync(shards: 60);

        List<int>[] given = await Task.WhenAll(new[] { one, two, one, two }.Select(store => Task.Run(async () =>
        {
            List<int> numbers = [];
            while (await store.ClaimNextAsync(run.Id, "worker", Steps.Lease, ShardState.Planned) is { } claim)
                numbers.Add(claim.Number);
            return numbers;
        })));

        Assert.That(given.SelectMany(numbers => numbers).Order(), Is.EqualTo(Enumerable.Range(1, 60)));
    }

    [Test]
    public async Task Read_WhileATransactionIsOpen_SeesTheStateBeforeIt()
    {
        await using IRunStore store = await OpenAsync();
        RunRow run = await store.SealedAsync();
        ShardClaim claim = await store.TerminalAsync(run);
        IReadOnlyList<ShardRow>? seen = null;

        IEnumerable<LineOutcome> Outcomes()
        {
            yield return Steps.Outcome(0);
            seen = Task.Run(() => store.ListShardsAsync(run.Id)).GetAwaiter().GetResult();
            yield return Steps.Outcome(1);
        }

        await store.HarvestAsync(claim, Outcomes());

        Assert.That(seen, Is.EqualTo(new[] { claim.Shard }), "a watcher neither waits for a harvest nor sees half of it");
    }

    [Test]
    public async Task Harvest_AMillionOutcomes_AreStreamedInAndOut()
    {
        const int Shards = 20;
        const int LinesPerShard = 50_000;
        await using IRunStore store = await OpenAsync();
        RunRow run = await store.SealedAsync(Shards, LinesPerShard);

        for (int number = 1; number <= Shards; number++)
        {
            ShardClaim claim = await store.TerminalAsync(run, number);
            int first = (number - 1) * LinesPerShard;
            await store.HarvestAsync(claim, Enumerable.Range(first, LinesPerShard).Select(line => Steps.Outcome(line)));
        }

        long held = GC.GetTotalMemory(forceFullCollection: true);
        long next = 0;
        long most = 0;
        await foreach (LineOutcome outcome in store.ReadOutcomesAsync(run.Id))
        {
            if (outcome.Line != next++)
                Assert.Fail($"Line {outcome.Line} came where {next - 1} was due.");
            if (next == 900_000)
                most = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.That(next, Is.EqualTo(Shards * LinesPerShard));
        Assert.That((await store.CountsAsync(run.Id)).Of(BatchOutcomeKind.Succeeded), Is.EqualTo(Shards * LinesPerShard));
        Assert.That(most - held, Is.LessThan(8_000_000), "a page is held, not what was read before it");
        Assert.That(new FileInfo(Path).Length + new FileInfo(Path + "-wal").Length, Is.LessThan(100 * Shards * LinesPerShard));
    }

    private async Task<IRunStore> OpenAsync() => await SqliteRunStore.OpenAsync(Path, Clock);

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
