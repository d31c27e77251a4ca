using BatchGateway.Cli.Commands;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Doctor;

/// <summary>Asks a gateway what it can do. What it leaves there it takes away again.</summary>
internal sealed class Examination
{
    /// <summary>No account is called this.</summary>
    private const string NoProvider = "batchclient-doctor-no-such-provider";

    private const int RangeStart = 5;

    private readonly Session _session;
    private readonly CallMeter _meter;
    private readonly TestFile _file;
    private readonly Checks _checks;

    public Examination(Session session, CallMeter meter, TestFile file)
    {
        _session = session;
        _meter = meter;
        _file = file;
        _checks = new Checks(meter);
    }

    private IFilesApi Files => _session.Client.Files;

    private IBatchesApi Batches => _session.Client.Batches;

    /// <param name="withBatch">Whether to create a batch, which may cost as much as one tiny line.</param>
    public async Task<IReadOnlyList<Check>> RunAsync(bool withBatch)
    {
        bool lists = await _checks.AskAsync("batch list", false, () => Batches.ListPageAsync(limit: 1, cancellationToken: _session.Cancelled), Listed) is not null;
        bool listsFiles = await _checks.AskAsync("file list", false, () => Files.ListPageAsync(limit: 1, cancellationToken: _session.Cancelled), Listed) is not null;
        await ProviderAsync(lists, listsFiles);
        await FileAsync(withBatch);
        _checks.PutFirst(Reachable(), Authenticated());
        return _checks.All;
    }

    private static (Answer, string) Listed<T>(ListPage<T> page) => (Answer.Ok, page.Data.Count == 0 ? "empty" : "has entries");

    /// <summary>Whether the header is looked at shows only when a name that nobody has is sent.</summary>
    private async Task ProviderAsync(bool lists, bool listsFiles)
    {
        const string name = "provider header";
        if (!lists && !listsFiles)
        {
            _checks.Note(name, Answer.NotAsked, "neither list came, so it cannot be told apart from other reasons");
            return;
        }

        string own = _session.Settings.Provider is { } provider ? $"'{provider}' is taken" : "none is set, and none is asked for";
        BatchCallOptions options = new() { Provider = NoProvider };
        try
        {
            int before = _meter.Calls.Count;
            if (lists)
                await Batches.ListPageAsync(limit: 1, options: options, cancellationToken: _session.Cancelled);
            else
                await Files.ListPageAsync(limit: 1, options: options, cancellationToken: _session.Cancelled);
            _checks.Add(new Check(name, Answer.Ok, $"{own}; a name that nobody has is taken too", _meter.Calls[before]));
        }
        catch (BatchApiException)
        {
            _checks.Add(new Check(name, Answer.Ok, $"{own}; a name that nobody has is refused", _meter.Calls[^1]));
        }
        catch (BatchClientException failure)
        {
            _checks.Note(name, Answer.NotAsked, failure.Message, ExitCode.Gateway);
        }
    }

    private async Task FileAsync(bool withBatch)
    {
        BatchFile? file = await _checks.AskAsync("file upload", true, UploadAsync, uploaded => (Answer.Ok, $"'{uploaded.Id}', {_file.Content.Length} bytes"));
        if (file is null)
        {
            SkipFile();
            return;
        }

        BatchTrial trial = new(_session, _checks, _file, file);
        try
        {
            await _checks.AskAsync("file name", false, () => Files.GetAsync(file.Id, cancellationToken: _session.Cancelled), Named);
            await _checks.AskAsync("ranges", false, () => ReadRangeAsync(file.Id), Ranged);
            if (withBatch)
                await trial.RunAsync();
            else
                BatchTrial.Skip(_checks, "asked with --create only");
        }
        finally
        {
            await DeleteAsync(file.Id, trial.MayHaveBatch);
        }
    }

    private void SkipFile()
    {
        foreach (string name in new[] { "file name", "ranges" })
            _checks.Note(name, Answer.NotAsked, "there is no file");
        BatchTrial.Skip(_checks, "there is no file");
        _checks.Note("file delete", Answer.NotAsked, "there is no file");
    }

    private async Task<BatchFile> UploadAsync()
    {
        using MemoryStream content = new(_file.Content);
        return await Files.UploadAsync(content, _file.Name, FilePurpose.Batch, cancellationToken: _session.Cancelled);
    }

    private (Answer, string) Named(BatchFile file) => file.Filename switch
    {
        null or "" => (Answer.No, "the gateway keeps no file name"),
        var name when name == _file.Name => (Answer.Ok, "comes back as it was sent"),
        var other => (Answer.No, $"comes back as '{other}'"),
    };

    private async Task<Part> ReadRangeAsync(string fileId)
    {
        BatchCallOptions options = new() { Headers = new Dictionary<string, string> { ["Range"] = $"bytes={RangeStart}-" } };
        await using BatchFileContent content = await Files.GetContentAsync(fileId, options, _session.Cancelled);
        using MemoryStream bytes = new();
        await content.Stream.CopyToAsync(bytes, _session.Cancelled);
        return new Part(content.ContentRange is not null, bytes.ToArray());
    }

    private (Answer, string) Ranged(Part part)
    {
        if (part.Bytes.AsSpan().SequenceEqual(_file.Content.AsSpan(RangeStart)) && part.HasRange)
            return (Answer.Ok, "a part that is asked for comes alone");
        return part.Bytes.AsSpan().SequenceEqual(_file.Content)
            ? (Answer.No, "the whole file comes when a part is asked for: a download that breaks off skips what it has")
            : (Answer.No, $"{part.Bytes.Length} bytes came that are not those of the file");
    }

    /// <summary>Also when somebody has interrupted: nothing is left behind.</summary>
    private async Task DeleteAsync(string fileId, bool mayHaveBatch)
    {
        const string name = "file delete";
        if (mayHaveBatch)
        {
            _checks.Note(name, Answer.NotAsked, $"a batch may need file '{fileId}', so it stays");
            return;
        }

        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30), _session.Clock);
        await _checks.AskAsync<object>(name, false, async () => await Files.DeleteAsync(fileId, cancellationToken: limit.Token), deleted =>
            deleted is true ? (Answer.Ok, "the uploaded file is gone") : (Answer.No, $"file '{fileId}' is still there: the gateway did not delete it, and does not say why"));
    }

    private Check Reachable() => _meter.Calls.Any(call => call.Status is not null)
        ? new("reachable", Answer.Ok, "it answers")
        : new("reachable", Answer.No, "no call was answered", End: ExitCode.Gateway);

    private Check Authenticated()
    {
        const string name = "authentication";
        if (_meter.Calls.Any(call => call.Status is >= 200 and < 300))
            return new(name, Answer.Ok, "the key is taken");
        return _meter.Calls.Any(call => call.Status is 401 or 403)
            ? new(name, Answer.No, "every call was refused: look at the key, and at the provider header", End: ExitCode.Gateway)
            : new(name, Answer.NotAsked, "no call came far enough to show it");
    }

    private sealed record Part(bool HasRange, byte[] Bytes);
}
