namespace BatchGateway.Internal.Http;

/// <summary>
/// One call: where it goes, what it carries, and what may be done when it fails. Travels with the request through the handlers.
/// </summary>
internal sealed class GatewayCall
{
    private static readonly HttpRequestOptionsKey<GatewayCall> Key = new("BatchClient.Call");

    private int _attempts;

    /// <summary>The name in spans, metrics and logs, such as <c>batch.create</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What the call does, without what it does it to: <c>Getting batch</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What the call does, as a message says it: <c>Getting batch 'batch_1'</c>.</summary>
    public string Doing => Subject is { } subject ? $"{Action} '{subject}'" : Action;

    public required HttpMethod Method { get; init; }

    /// <summary>The path below the API's root, as far as the id.</summary>
    public required string Path { get; init; }

    /// <summary>What follows the id, or the query of a call on a collection.</summary>
    public string PathEnd { get; init; } = "";

    public BatchCallOptions? Options { get; init; }

    public HttpContent? Content { get; init; }

    /// <summary>The id that the path names; null for calls on a collection.</summary>
    public string? ResourceId { get; init; }

    /// <summary>What the paid create is about; null for every other call.</summary>
    public CreateBatchRequest? Create { get; init; }

    /// <summary>Bytes rather than small JSON: the transfer client, with its limits.</summary>
    public bool IsTransfer { get; init; }

    /// <summary>The answer is handed to the caller as a stream.</summary>
    public bool StreamsAnswer { get; init; }

    /// <summary>The call for which this one follows a redirect, and among whose attempts it counts; null for every other call.</summary>
    public GatewayCall? Origin { get; init; }

    /// <summary>Follows a redirect: no token, and of our headers only those that say which bytes are asked for.</summary>
    public bool IsBare => Origin is not null;

    /// <summary>How often it was sent.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Whether the gateway may have seen any of the body.</summary>
    public bool HasSent { get; private set; }

    /// <summary>An attempt has ended in a way that does not say whether the gateway did the work.</summary>
    public bool MayHaveWorked { get; set; }

    /// <summary>The token that was sent last, to be blotted out of what comes back.</summary>
    public string? SentToken { get; set; }

    /// <summary>The limit of the attempt that is under way; touched by content that is being written: the connection is not silent.</summary>
    public AttemptLimit? Limit { get; set; }

    /// <summary>The paid create's content, when this is that call.</summary>
    public OneShotContent? OneShot => Content as OneShotContent;

    /// <summary>Whether the body, if there is one, can be written again.</summary>
    public bool CanRepeat => Content switch
    {
        null => true,
        OneShotContent shot => !shot.Sent,
        UploadContent upload => upload.CanRepeat,
        _ => false,
    };

    private string? Subject => ResourceId ?? Create?.InputFileId ?? (Content as UploadContent)?.FileName;

    public void CountAttempt()
    {
        Interlocked.Increment(ref _attempts);
        Options?.Attempts?.Add();
    }

    /// <summary>The body begins to be sent.</summary>
    public void NoteSent()
    {
        HasSent = true;
        if (Options?.Attempts is { } attempts)
            attempts.HasSent = true;
    }

    public void AttachTo(HttpRequestMessage request) => request.Options.Set(Key, this);

    /// <summary>The call of a request; null for one that is none of ours, such as the tunnel through a proxy.</summary>
    public static GatewayCall? Find(HttpRequestMessage request) => request.Options.TryGetValue(Key, out GatewayCall? call) ? call : null;

    public static GatewayCall Of(HttpRequestMessage request) => Find(request)
        ?? throw new InvalidOperationException("This HttpClient belongs to BatchClient; use one of your own for other requests.");
}
