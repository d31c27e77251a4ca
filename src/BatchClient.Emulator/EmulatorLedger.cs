using BatchGateway.Emulator.Internal;

namespace BatchGateway.Emulator;

/// <summary>What really happened, seen from the gateway's side. Every member is a snapshot; safe for use by several threads.</summary>
public sealed class EmulatorLedger
{
    private readonly RequestLog _requests;
    private readonly CreateLog _creates;
    private readonly Bill _bill;
    private readonly FileStore _files;
    private readonly Action _settle;

    internal EmulatorLedger(RequestLog requests, CreateLog creates, Bill bill, FileStore files, Action settle)
    {
        _requests = requests;
        _creates = creates;
        _bill = bill;
        _files = files;
        _settle = settle;
    }

    /// <summary>Every request that arrived, in order of arrival.</summary>
    public IReadOnlyList<LedgerRequest> Requests => _requests.Snapshot();

    /// <summary>The id of every batch that was created, in order, also where the answer was lost.</summary>
    public IReadOnlyList<string> BatchesCreated => _creates.Ids(_ => true);

    /// <summary>
    /// How often each line was paid for, by custom id, over all batches. A line is paid for when its batch ran it and it counts as completed
    /// (a status below 400, <see cref="EmulatedResponse.Vanish"/> or a raw line, but not <see cref="EmulatedResponse.VanishUnbilled"/>),
    /// whether or not somebody fetched the answer.
    /// </summary>
    public IReadOnlyDictionary<string, int> LinesBilled
    {
        get
        {
            _settle();
            return _bill.Snapshot();
        }
    }

    /// <summary>The bytes of file content that were sent, over all requests.</summary>
    public long BytesServed => _requests.BytesServed;

    /// <summary>The bytes of file content that arrived in uploads, over all requests, whether or not the upload was accepted.</summary>
    public long BytesReceived => _requests.BytesReceived;

    /// <summary>The ids of the files that exist now, uploaded and produced, in order of creation.</summary>
    public IReadOnlyList<string> FilesHeld
    {
        get
        {
            _settle();
            return _files.Ids();
        }
    }

    /// <summary>The ids of the batches that were created from one file, in order.</summary>
    /// <param name="fileId">The <c>input_file_id</c>.</param>
    public IReadOnlyList<string> BatchesCreatedFor(string fileId) => _creates.Ids(create => create.InputFileId == fileId);

    /// <summary>
    /// The ids of the batches whose create carried this token, as <c>Idempotency-Key</c> or as <c>metadata.batchclient_intent</c>. The
    /// emulator itself gives no meaning to either: as with real gateways, the same token twice makes two batches.
    /// </summary>
    /// <param name="key">The token.</param>
    public IReadOnlyList<string> CreatesWithKey(string key) => _creates.Ids(create => create.IdempotencyKey == key || create.Intent == key);

    /// <summary>How many requests a call got, answered or not.</summary>
    /// <param name="route">One of the emulator's calls.</param>
    public int Count(EmulatorRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return Count(route.Name);
    }

    /// <summary>How many requests a call got, answered or not.</summary>
    /// <param name="routeName">The call's name, such as <c>CreateBatch</c>.</param>
    public int Count(string routeName) => _requests.Count(routeName);
}
