using BatchGateway.Emulator.Internal;

namespace BatchGateway.Emulator;

/// <summary>
/// The misfortunes that await a call's requests: all of them on an <see cref="EmulatorRoute"/>, and those that its
/// <see cref="EmulatorRoute.Always"/>, <see cref="EmulatorRoute.Every"/>, <see cref="EmulatorRoute.Sometimes"/> or
/// <see cref="EmulatorRoute.When"/> picks. Faults are tried in the order in which they were added, and a request meets one at most.
/// A switched-off call and a wrong key meet them too: they are the network's. None of them takes <c>times</c> below 1.
/// </summary>
public class EmulatorFaults
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    private readonly Func<FaultTrigger> _newTrigger;
    private readonly int _defaultTimes;

    internal EmulatorFaults(FaultList list, ContentKind content, Func<FaultTrigger> newTrigger, int defaultTimes)
    {
        List = list;
        Content = content;
        _newTrigger = newTrigger;
        _defaultTimes = defaultTimes;
    }

    private protected FaultList List { get; }

    private protected ContentKind Content { get; }

    /// <summary>The work is done, then the connection is reset before the first byte of the answer.</summary>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void LoseAnswer(int? times = null) => Add(new LoseAnswerFault(), times);

    /// <summary>The connection is reset before any work is done.</summary>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void Drop(int? times = null) => Add(new DropFault(), times);

    /// <summary>Nothing is done, and this is the answer.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The answer's body; default empty.</param>
    /// <param name="contentType">The body's media type; default <c>application/json</c>. Left out with an empty body.</param>
    /// <param name="retryAfter">Sent as <c>Retry-After</c> in whole seconds, rounded up; default none.</param>
    /// <param name="retryAfterDate">Sent as <c>Retry-After</c> in its date form; default none. Not together with
    /// <paramref name="retryAfter"/>.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="ArgumentException">No server could send this: a status that is not from 200 to 999, a body with 204, 205 or 304, a media
    /// type that is not printable ASCII, both forms of <c>Retry-After</c>, or one that is negative.</exception>
    public void Answer(
        int status,
        string body = "",
        string contentType = "application/json",
        TimeSpan? retryAfter = null,
        DateTimeOffset? retryAfterDate = null,
        int? times = null) => Add(new AnswerFault(AnswerRules.Reply(status, body, contentType).WithRetryAfter(retryAfter, retryAfterDate)), times);

    /// <summary>The work is done, but this is the answer: the 502 that comes after the batch was created.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The answer's body; default empty.</param>
    /// <param name="contentType">The body's media type; default <c>application/json</c>. Left out with an empty body.</param>
    /// <param name="retryAfter">Sent as <c>Retry-After</c> in whole seconds, rounded up; default none.</param>
    /// <param name="retryAfterDate">Sent as <c>Retry-After</c> in its date form; default none. Not together with
    /// <paramref name="retryAfter"/>.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="ArgumentException">No server could send this: a status that is not from 200 to 999, a body with 204, 205 or 304, a media
    /// type that is not printable ASCII, both forms of <c>Retry-After</c>, or one that is negative.</exception>
    public void AnswerAfterWork(
        int status,
        string body = "",
        string contentType = "application/json",
        TimeSpan? retryAfter = null,
        DateTimeOffset? retryAfterDate = null,
        int? times = null) =>
        Add(new AnswerAfterWorkFault(AnswerRules.Reply(status, body, contentType).WithRetryAfter(retryAfter, retryAfterDate)), times);

    /// <summary>Nothing is done, and the answer is a sign-in page: 200, <c>text/html</c>, from a proxy that has lost the session.</summary>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void LoginPage(int? times = null) => Add(new AnswerFault(LoginHtml.Reply()), times);

    /// <summary>The work is done, but no answer is sent until the client goes away or the emulator is disposed.</summary>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void Hang(int? times = null) => Add(new HangFault(), times);

    /// <summary>The work begins later. If the client goes away first, or the emulator is disposed, nothing is done.</summary>
    /// <param name="by">How much later on the emulator's clock, so that it takes real time only on a real-time one; up to 49 days.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or longer than 49 days.</exception>
    public void Delay(TimeSpan by, int? times = null)
    {
        RequireWait(by, nameof(by));
        Add(new DelayFault(by), times);
    }

    /// <summary>
    /// The work is done, and the answer's body comes in pieces. An auto-advancing clock does not wait for the client to have read one: a limit
    /// that the client sets between two pieces is better tested on a manual clock.
    /// </summary>
    /// <param name="pause">How long nothing comes after each piece but the last, on the emulator's clock; up to 49 days.</param>
    /// <param name="chunkBytes">The size of a piece; default 1,024 bytes.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pause is negative, or longer than 49 days, or a piece has less than 1 byte.</exception>
    public void SlowBody(TimeSpan pause, int chunkBytes = 1024, int? times = null)
    {
        RequireWait(pause, nameof(pause));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunkBytes);
        Add(new SlowBodyFault(pause, chunkBytes), times);
    }

    /// <summary>The work is done and the answer begins, but its body ends early and the connection is closed.</summary>
    /// <param name="afterBytes">How many bytes of the body are sent.</param>
    /// <param name="withLength">Whether the answer announces its full <c>Content-Length</c> (the default) or comes in chunks.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of bytes is negative.</exception>
    public void CutBody(int afterBytes, bool withLength = true, int? times = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterBytes);
        Add(new CutBodyFault(afterBytes, withLength), times);
    }

    /// <summary>
    /// The work is done, and the answer's <c>Content-Length</c> is wrong. What is announced too much never comes, and the connection is closed;
    /// what is announced too little is left out, and the answer looks complete.
    /// </summary>
    /// <param name="by">How many bytes more, or less where negative, than the body has; not 0. Less than nothing is announced as 0.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is 0.</exception>
    public void AnnounceLength(long by, int? times = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(by);
        Add(new AnnounceLengthFault(by), times);
    }

    /// <summary>
    /// The work is done, and the answer is 200 with the first half of its own body, complete by <c>Content-Length</c>; its media type stays.
    /// </summary>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void MalformedJson(int? times = null) => Add(new MalformedJsonFault(), times);

    /// <summary>Nothing is done, and the answer is a 302.</summary>
    /// <param name="location">The <c>Location</c>, sent as it is.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="ArgumentException">The location is empty or not printable ASCII.</exception>
    public void Redirect(string location, int? times = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        HeaderText.Require(location, nameof(location));
        Add(new AnswerFault(Reply.Redirect(location)), times);
    }

    /// <summary>
    /// The answer is a 302 to a signed address of the file on a second port: <see cref="BatchGatewayEmulator.OnSignedContent"/>. The address
    /// serves the content once, within an hour of the emulator's clock. Like object storage it answers 400 to whatever still carries
    /// <c>Authorization</c>, <c>Cookie</c> or an <c>x-tfy-</c> header, and 403 to a signature that is wrong, used up or expired.
    /// </summary>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="InvalidOperationException">The call is not <see cref="BatchGatewayEmulator.OnFileContent"/>.</exception>
    public void RedirectToSigned(int? times = null)
    {
        if (Content != ContentKind.Gateway)
            throw new InvalidOperationException("Only a file's content can be redirected to a signed address: use OnFileContent.");
        Add(new TwistFault(ContentTwist.SignedAddress), times);
    }

    /// <summary>
    /// From this request on the file counts as changed: it has a new <c>ETag</c> and a later <c>Last-Modified</c>, but the same bytes.
    /// </summary>
    /// <param name="honoursIfRange">Whether an outdated <c>If-Range</c> gets the whole file (the default); if not, it is not looked at, and a
    /// 206 comes all the same.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    /// <exception cref="InvalidOperationException">The call is neither <see cref="BatchGatewayEmulator.OnFileContent"/> nor
    /// <see cref="BatchGatewayEmulator.OnSignedContent"/>.</exception>
    public void ChangeETag(bool honoursIfRange = true, int? times = null)
    {
        if (Content == ContentKind.None)
            throw new InvalidOperationException("Only a file's content has an ETag: use OnFileContent or OnSignedContent.");
        Add(new TwistFault(honoursIfRange ? ContentTwist.Changed : ContentTwist.ChangedUnchecked), times);
    }

    private static void RequireWait(TimeSpan wait, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, LongestWait, name);
    }

    private void Add(Fault fault, int? times)
    {
        if (times is { } count)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(times));
        List.Add(new PendingFault(fault, _newTrigger(), times ?? _defaultTimes));
    }
}
