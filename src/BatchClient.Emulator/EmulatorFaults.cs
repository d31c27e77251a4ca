using BatchGateway.Emulator.Internal;

namespace BatchGateway.Emulator;

/// <summary>
/// The misfortunes that await a call's requests: all of them on an <see cref="EmulatorRoute"/>, and those that its
/// <see cref="EmulatorRoute.Always"/>, <see cref="EmulatorRoute.Every"/>, <see cref="EmulatorRoute.Sometimes"/> or
/// <see cref="EmulatorRoute.When"/> picks. Faults are tried in the order in which they were added, and a request meets one at most.
/// A switched-off call and a wrong key meet them too: they are the network's.
/// </summary>
public class EmulatorFaults
{
    private readonly FaultList _list;
    private readonly Func<FaultTrigger> _newTrigger;
    private readonly int _defaultTimes;

    internal EmulatorFaults(FaultList list, Func<FaultTrigger> newTrigger, int defaultTimes)
    {
        _list = list;
        _newTrigger = newTrigger;
        _defaultTimes = defaultTimes;
    }

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
    public void Answer(
        int status,
        string body = "",
        string contentType = "application/json",
        TimeSpan? retryAfter = null,
        DateTimeOffset? retryAfterDate = null,
        int? times = null)
    {
        if (retryAfter is not null && retryAfterDate is not null)
            throw new ArgumentException("Retry-After has one form at a time: seconds or a date.", nameof(retryAfterDate));

        Reply reply = Reply.Text(status, body, contentType);
        if (RetryAfterHeader.Format(retryAfter, retryAfterDate) is { } value)
            reply = reply.With("Retry-After", value);
        Add(new AnswerFault(reply), times);
    }

    /// <summary>The work is done, but this is the answer: the 502 that comes after the batch was created.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The answer's body; default empty.</param>
    /// <param name="contentType">The body's media type; default <c>application/json</c>. Left out with an empty body.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void AnswerAfterWork(int status, string body = "", string contentType = "application/json", int? times = null) =>
        Add(new AnswerAfterWorkFault(Reply.Text(status, body, contentType)), times);

    /// <summary>The work is done, but no answer is sent until the client goes away or the emulator is disposed.</summary>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void Hang(int? times = null) => Add(new HangFault(), times);

    /// <summary>The work is done and the answer begins, but its body ends early and the connection is closed.</summary>
    /// <param name="afterBytes">How many bytes of the body are sent.</param>
    /// <param name="withLength">Whether the answer announces its full <c>Content-Length</c> (the default) or comes in chunks.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void CutBody(int afterBytes, bool withLength = true, int? times = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterBytes);
        Add(new CutBodyFault(afterBytes, withLength), times);
    }

    /// <summary>Nothing is done, and the answer is a 302.</summary>
    /// <param name="location">The <c>Location</c>, sent as it is.</param>
    /// <param name="times">How many requests meet it; default: one on the call itself, no end where requests are picked.</param>
    public void Redirect(string location, int? times = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        Add(new AnswerFault(Reply.Text(302, "", "application/json").With("Location", location)), times);
    }

    private void Add(Fault fault, int? times)
    {
        if (times is { } count)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(times));
        _list.Add(new PendingFault(fault, _newTrigger(), times ?? _defaultTimes));
    }
}
