using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Doctor;

/// <summary>The checks so far, in the order in which they are told. A check that fails is noted, and the next one goes on.</summary>
internal sealed class Checks(CallMeter meter)
{
    private readonly List<Check> _all = [];

    public IReadOnlyList<Check> All => _all;

    public void Add(Check check) => _all.Add(check);

    public void Note(string name, Answer answer, string detail, ExitCode end = ExitCode.Success) => Add(new Check(name, answer, detail, End: end));

    /// <summary>Puts what follows from all calls before them.</summary>
    public void PutFirst(params Check[] checks) => _all.InsertRange(0, checks);

    /// <summary>Makes a call and takes note of what came of it.</summary>
    /// <param name="name">What is asked.</param>
    /// <param name="isNeeded">Whether nothing works without it, so that a gateway that has no such call refuses its work.</param>
    /// <param name="call">The call.</param>
    /// <param name="judge">What its answer says.</param>
    /// <returns>The answer; null when there was none.</returns>
    public async Task<T?> AskAsync<T>(string name, bool isNeeded, Func<Task<T>> call, Func<T, (Answer Answer, string Detail)> judge)
        where T : class
    {
        int before = meter.Calls.Count;
        try
        {
            T answer = await call();
            (Answer verdict, string detail) = judge(answer);
            _all.Add(new Check(name, verdict, detail, CallSince(before)));
            return answer;
        }
        catch (BatchClientException failure)
        {
            _all.Add(new Check(name, Answer.No, failure.Message, CallSince(before), EndOf(failure, isNeeded)));
            return null;
        }
    }

    private MeteredCall? CallSince(int before) => meter.Calls.Count > before ? meter.Calls[^1] : null;

    /// <summary>A call that a gateway does not have is a fact about it; anything else is a failure.</summary>
    private static ExitCode EndOf(BatchClientException failure, bool isNeeded) =>
        failure is BatchApiException { IsRouteUnsupported: true } && !isNeeded ? ExitCode.Success : ErrorReports.Of(failure).ExitCode;
}
