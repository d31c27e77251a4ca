using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>The calls on files.</summary>
internal sealed class FileCalls(FileStore files, Habits habits, EmulatorClock clock, Action settleBatches)
{
    /// <summary>The largest upload, in bytes of the request's body; null for no limit.</summary>
    public required long? MaxUploadBytes { get; init; }

    /// <summary>Makes a signed address for a file.</summary>
    public required Func<EmulatedFile, Task<string>> SignAsync { get; init; }

    public async Task<Reply> UploadAsync(Exchange exchange, string id)
    {
        Upload upload = await Upload.ReadAsync(exchange, MaxUploadBytes, files.NewPath).ConfigureAwait(false);
        EmulatedFile file = files.Add(upload.Path, exchange.Provider, upload.Filename, upload.Purpose, clock.GetUtcNow(), Lifetime(upload));
        return Reply.Json(json => Write(json, file));
    }

    public Task<Reply> GetAsync(Exchange exchange, string id)
    {
        EmulatedFile file = Require(exchange, id);
        return Task.FromResult(Reply.Json(json => Write(json, file)));
    }

    public Task<Reply> ListAsync(Exchange exchange, string id)
    {
        settleBatches();
        string purpose = exchange.Request.Query["purpose"].ToString();
        IEnumerable<EmulatedFile> wanted = files.All(exchange.Provider).Where(file => purpose.Length == 0 || file.Purpose == purpose);
        return Task.FromResult(ListQuery.ForFiles(exchange).Page(wanted, file => file.Id, Write));
    }

    public Task<Reply> DeleteAsync(Exchange exchange, string id)
    {
        if (!files.Delete(Require(exchange, id)))
            throw NotFound(id);
        return Task.FromResult(Reply.Json(json => FileJson.WriteDeleted(json, id)));
    }

    public async Task<Reply> ContentAsync(Exchange exchange, string id)
    {
        EmulatedFile file = Require(exchange, id);
        return exchange.Twist == ContentTwist.SignedAddress
            ? Reply.Redirect(await SignAsync(file).ConfigureAwait(false))
            : FileContent.Reply(exchange, files.AsOrdered(exchange.Twist, file), habits.HonoursRanges);
    }

    private TimeSpan? Lifetime(Upload upload) => upload.Purpose == FilePurposes.Batch ? habits.BatchFileLifetime : null;

    private void Write(Utf8JsonWriter json, EmulatedFile file) =>
        FileJson.Write(json, file, FileStatus.Of(file, clock.GetUtcNow(), habits.FilePendingFor));

    private EmulatedFile Require(Exchange exchange, string id) => files.Find(id, exchange.Provider) ?? throw NotFound(id);

    private static RefusedException NotFound(string id) => new(404, $"No such File object: {id}", "id");
}
